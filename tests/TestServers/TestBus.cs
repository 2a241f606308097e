using System.Collections.Concurrent;
using MassTransit;
using PhoneMasking.Contracts;

namespace PhoneMasking.TestServers;

/// <summary>The other side of a service's bus: asks, publishes, and keeps what was published.</summary>
/// <param name="broker">The virtual host.</param>
public sealed class TestBus(TestVirtualHost broker) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Type, ConcurrentQueue<object>> _kept = new();
    private readonly List<Action<IReceiveEndpointConfigurator>> _handlers = [];
    private IBusControl? _bus;

    private IBusControl Bus => _bus ?? throw new InvalidOperationException("Start the bus first.");

    /// <summary>Keeps messages of this type from <see cref="StartAsync"/> on.</summary>
    /// <typeparam name="TMessage">The message's type.</typeparam>
    public TestBus Keep<TMessage>()
        where TMessage : class
    {
        var kept = _kept.GetOrAdd(typeof(TMessage), _ => []);
        _handlers.Add(endpoint => endpoint.Handler<TMessage>(context =>
        {
            kept.Enqueue(context.Message);
            return Task.CompletedTask;
        }));
        return this;
    }

    /// <summary>Connects; from now on nothing that is kept is missed.</summary>
    public async Task<TestBus> StartAsync(CancellationToken cancellationToken)
    {
        _bus = MassTransit.Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(broker.Uri);
            rabbit.ReceiveEndpoint(endpoint => _handlers.ForEach(add => add(endpoint)));
        });
        await _bus.StartAsync(cancellationToken);
        return this;
    }

    /// <summary>Asks a service.</summary>
    /// <typeparam name="TRequest">The request.</typeparam>
    /// <typeparam name="TAnswer">The answer when it is not refused.</typeparam>
    /// <returns>A <typeparamref name="TAnswer"/> or a <see cref="Refused"/>.</returns>
    public async Task<object> AskAsync<TRequest, TAnswer>(TRequest request, CancellationToken cancellationToken)
        where TRequest : class
        where TAnswer : class
    {
        var client = Bus.CreateRequestClient<TRequest>(Patience);
        var response = await client.GetResponse<TAnswer, Refused>(request, cancellationToken);
        return response.Message;
    }

    /// <summary>Publishes an event, as an outbox relay does.</summary>
    /// <param name="message">The event.</param>
    /// <param name="messageId">The message's id: the same again is a second delivery.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task PublishAsync(object message, Guid messageId, CancellationToken cancellationToken) =>
        Bus.Publish(message, message.GetType(), context => context.MessageId = messageId, cancellationToken);

    /// <summary>What was kept of this type so far, in the order of arrival.</summary>
    /// <typeparam name="TMessage">The message's type.</typeparam>
    public IReadOnlyList<TMessage> Kept<TMessage>()
        where TMessage : class => [.. _kept[typeof(TMessage)].Cast<TMessage>()];

    /// <summary>Waits until a message of this type was kept that fulfils the condition; fails after half a minute.</summary>
    /// <typeparam name="TMessage">The message's type.</typeparam>
    public async Task<TMessage> WaitForAsync<TMessage>(Func<TMessage, bool> condition, CancellationToken cancellationToken)
        where TMessage : class
    {
        TMessage? found = null;
        await Eventually.TrueAsync(
            () => Task.FromResult((found = Kept<TMessage>().FirstOrDefault(condition)) is not null),
            $"a {typeof(TMessage).Name} that fits",
            cancellationToken);
        return found!;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_bus is not null)
        {
            await _bus.StopAsync(CancellationToken.None);
        }
    }
}
