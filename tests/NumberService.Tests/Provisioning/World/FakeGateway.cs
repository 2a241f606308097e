using System.Collections.Concurrent;
using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.TestServers;

namespace PhoneMasking.NumberService.Tests.Provisioning.World;

/// <summary>Takes the gateway's place on the bus: keeps what it is to send, and says of each text what the test wants.</summary>
internal sealed class FakeGateway(TestVirtualHost broker) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<MessageId, SendVerificationText> _texts = new();
    private IBusControl? _bus;

    /// <summary>Each text once, in the order of their ids.</summary>
    public IReadOnlyList<SendVerificationText> Texts => [.. _texts.Values.OrderBy(text => text.MessageId.Value)];

    /// <summary>Where a text stands. Default: it has arrived.</summary>
    public Func<MessageId, VerificationTextState> State { get; set; } =
        _ => new VerificationTextState(VerificationTextProgress.Delivered, null);

    public async Task<FakeGateway> StartAsync()
    {
        _bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(broker.Uri);
            rabbit.ReceiveEndpoint(endpoint =>
            {
                endpoint.Handler<SendVerificationText>(context =>
                {
                    _texts.TryAdd(context.Message.MessageId, context.Message);
                    return context.RespondAsync(State(context.Message.MessageId));
                });
                endpoint.Handler<ReadVerificationText>(context => _texts.ContainsKey(context.Message.MessageId)
                    ? context.RespondAsync(State(context.Message.MessageId))
                    : context.RespondAsync(new Refused(RefusalKind.NotFound, "unknown-message", "There is no such text.")));
            });
        });
        await _bus.StartAsync(TestContext.Current.CancellationToken);
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        if (_bus is not null)
        {
            await _bus.StopAsync(CancellationToken.None);
        }
    }
}
