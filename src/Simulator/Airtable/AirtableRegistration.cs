using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace PhoneMasking.Simulator.Airtable;

internal static class AirtableRegistration
{
    private const int LongestRequestLine = 32 * 1024;

    public static void AddAirtable(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<AirtableOptions>, AirtableOptionsValidator>();
        builder.Services.AddOptions<AirtableOptions>().BindConfiguration(AirtableOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<AirtableState>();
        builder.Services.AddSingleton<AirtablePace>();
        builder.Services.AddSingleton<BaseStore>();
        builder.Services.AddSingleton<AirtableCallFilter>();

        // Airtable takes addresses of 16,000 characters.
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestLineSize = LongestRequestLine);
    }

    /// <summary>Maps Airtable's Web API. Paths it does not know are answered with its short form of an error.</summary>
    public static void MapAirtable(this IEndpointRouteBuilder routes)
    {
        routes.MapFallback("/v0/{**path}", AirtableRefusal.NotFound.ExecuteAsync);
        var api = routes.MapGroup("/v0").ExcludeFromDescription();
        api.AddEndpointFilterFactory((context, next) =>
        {
            var filter = context.ApplicationServices.GetRequiredService<AirtableCallFilter>();
            return invocation => filter.InvokeAsync(invocation, next);
        });
        api.MapAirtableSchema();
        api.MapAirtableRecords();
    }
}
