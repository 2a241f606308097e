using MassTransit;
using PhoneMasking.Contracts;

namespace PhoneMasking.OpsConsole.Live;

/// <summary>Hears of every event. Only that it happened matters here: pages ask again, and a repeat asks once more.</summary>
internal sealed class LiveConsumer(LiveFeed feed) : IConsumer<IAuditedEvent>, IConsumer<MessagesDelivered>
{
    public Task Consume(ConsumeContext<IAuditedEvent> context) => AnnounceAsync();

    public Task Consume(ConsumeContext<MessagesDelivered> context) => AnnounceAsync();

    private Task AnnounceAsync()
    {
        feed.Announce();
        return Task.CompletedTask;
    }
}
