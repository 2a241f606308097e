using Microsoft.Extensions.Options;
using PhoneMasking.Simulator.Account;
using PhoneMasking.Simulator.Messages;
using PhoneMasking.Simulator.MessagingServices;
using PhoneMasking.Simulator.Numbers;
using PhoneMasking.Simulator.Proxy;
using PhoneMasking.Simulator.Registration;

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
        services.AddSingleton<IValidateOptions<PaceOptions>, PaceOptionsValidator>();
        services.AddOptions<PaceOptions>().BindConfiguration(PaceOptions.Section).ValidateOnStart();
        services.AddSingleton<Pace>();
        services.AddSingleton<OperationCounts>();
        services.AddSingleton<RestCallFilter>();
    }

    /// <summary>
    /// Maps Twilio's REST APIs: that of the account, and messaging and Proxy (which have hosts of their own at Twilio)
    /// under a path each. Paths they do not know are answered as Twilio does, with code 20404.
    /// </summary>
    public static void MapTwilioRest(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapFiltered("/2010-04-01");
        api.MapAccount();

        var account = api.MapGroup("/Accounts/{accountSid}");
        account.MapMessages();
        account.MapIncomingPhoneNumbers();
        account.MapAvailablePhoneNumbers();

        var messaging = routes.MapFiltered("/messaging/v1");
        messaging.MapMessagingServices();
        messaging.MapMessagingServiceNumbers();
        messaging.MapRegistrations();

        var proxy = routes.MapFiltered("/proxy/v1");
        proxy.MapProxyServices();
        proxy.MapProxyNumbers();
    }

    /// <summary>Names the operation for the call log and for faults.</summary>
    public static void WithOperation(this IEndpointConventionBuilder endpoint, RestOperation operation) =>
        endpoint.WithMetadata(new RestOperationMetadata(operation));

    private static RouteGroupBuilder MapFiltered(this IEndpointRouteBuilder routes, string prefix)
    {
        routes.MapFallback(prefix + "/{**path}", context =>
            (context.RequestServices.GetRequiredService<BasicAuthentication>().Accepts(context.Request)
                ? TwilioError.NotFound(context.Request.Path)
                : TwilioError.Unauthenticated).ExecuteAsync(context));

        var group = routes.MapGroup(prefix).ExcludeFromDescription();
        group.AddEndpointFilterFactory((context, next) =>
        {
            var filter = context.ApplicationServices.GetRequiredService<RestCallFilter>();
            return invocation => filter.InvokeAsync(invocation, next);
        });
        return group;
    }
}
