using MassTransit;
using PhoneMasking.Contracts;

namespace PhoneMasking.OpsConsole.Live;

/// <summary>Hears of every event. Only that it happened matters here: pages ask again, and a repeat asks once more.</summary>
internal sealed class LiveConsumer(LiveFeed feed) : IConsumer<IAuditedEvent>
{
    public Task Consume(ConsumeContext<IAuditedEvent> context)
    {
        feed.Announce();
        return Task.CompletedTask;
    }
}
