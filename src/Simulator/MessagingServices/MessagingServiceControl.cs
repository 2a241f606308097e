using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.Simulator.MessagingServices;

/// <summary>Messaging Services in the control API, and the registration of this capability.</summary>
internal static class MessagingServiceControl
{
    /// <summary>Adds Messaging Services. No start when <c>Simulator:MessagingServices</c> is invalid.</summary>
    public static void AddMessagingServices(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<MessagingServiceOptions>, MessagingServiceOptionsValidator>();
        services.AddOptions<MessagingServiceOptions>()
            .BindConfiguration(MessagingServiceOptions.Section)
            .ValidateOnStart();
        services.AddSingleton<MessagingServiceStore>();
    }

    public static void MapMessagingServiceControl(this IEndpointRouteBuilder control)
    {
        control.MapGet("/messaging-services", ServicesView.Of);
        control.MapPut("/messaging-services", Change);
    }

    private static ServicesView Change(ServicesRequest request, MessagingServiceStore store)
    {
        store.MostNumbers = request.MostNumbers;
        return ServicesView.Of(store);
    }
}

/// <summary>Changes what holds for all Messaging Services.</summary>
/// <param name="MostNumbers">How many numbers a service takes from now on.</param>
public sealed record ServicesRequest([Range(1, 10_000)] int MostNumbers);

/// <summary>The Messaging Services, and how many numbers each takes.</summary>
internal sealed record ServicesView(int MostNumbers, IReadOnlyList<ServiceView> Services)
{
    public static ServicesView Of(MessagingServiceStore store) => new(
        store.MostNumbers,
        [.. store.List().Select(service => new ServiceView(
            service.Sid,
            service.FriendlyName,
            service.UseInboundWebhookOnNumber,
            [.. store.NumbersOf(service.Sid).Select(number => number.PhoneNumber)]))]);
}

/// <summary>A Messaging Service and the numbers in it.</summary>
internal sealed record ServiceView(
    string Sid,
    string FriendlyName,
    bool UseInboundWebhookOnNumber,
    IReadOnlyList<string> Numbers);
