using Microsoft.Extensions.Options;
using PhoneMasking.Simulator.Messages;
using PhoneMasking.Simulator.Numbers;

namespace PhoneMasking.Simulator.Rest;

internal static class RestRegistration
{
    /// <summary>Adds the account and what stands in front of its REST API.</summary>
    public static void AddTwilioRest(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<AccountOptions>, AccountOptionsValidator>();
        services.AddOptions<AccountOptions>().BindConfiguration(AccountOptions.Section).ValidateOnStart();
        services.AddSingleton<BasicAuthentication>();
        services.AddSingleton<CallLog>();
        services.AddSingleton<RestCallFilter>();
    }

    /// <summary>Maps Twilio's REST API. Paths it does not know are answered as Twilio does, with code 20404.</summary>
    public static void MapTwilioRest(this IEndpointRouteBuilder routes)
    {
        var account = routes.MapGroup("/2010-04-01/Accounts/{accountSid}").ExcludeFromDescription();
        account.AddEndpointFilterFactory((context, next) =>
        {
            var filter = context.ApplicationServices.GetRequiredService<RestCallFilter>();
            return invocation => filter.InvokeAsync(invocation, next);
        });

        account.MapMessages();
        account.MapIncomingPhoneNumbers();
        account.MapAvailablePhoneNumbers();

        routes.MapFallback("/2010-04-01/{**path}", (HttpContext context, BasicAuthentication authentication) =>
            authentication.Accepts(context.Request)
                ? TwilioError.NotFound(context.Request.Path)
                : TwilioError.Unauthenticated);
    }

    /// <summary>Names the operation for the call log and for faults.</summary>
    public static void WithOperation(this IEndpointConventionBuilder endpoint, RestOperation operation) =>
        endpoint.WithMetadata(new RestOperationMetadata(operation));
}
