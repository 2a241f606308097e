using MassTransit;
using PhoneMasking.ServiceDefaults.Configuration;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.OpsConsole.Live;

/// <summary>Composes the live updates.</summary>
internal static class LiveRegistration
{
    private const ushort Prefetch = 200;

    /// <summary>Adds the feed that pages listen to.</summary>
    /// <param name="builder">The console being composed.</param>
    public static void AddLive(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<LiveOptions, LiveOptionsValidator>(LiveOptions.Section);
        builder.Services.AddSingleton<LiveFeed>();
    }

    /// <summary>
    /// Adds the consumer on a queue of this instance alone, which goes away with it: every instance hears of every event,
    /// and what happened while none ran is of no interest.
    /// </summary>
    /// <param name="bus">The bus being composed.</param>
    public static void AddLiveConsumer(this IBusRegistrationConfigurator bus) =>
        bus.AddConsumer<LiveConsumer>().Endpoint(endpoint =>
        {
            endpoint.Name = $"{BusRegistration.TemporaryQueuePrefix}console-{Guid.CreateVersion7():N}";
            endpoint.Temporary = true;
            endpoint.PrefetchCount = Prefetch;
        });
}
