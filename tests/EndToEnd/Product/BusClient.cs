using MassTransit;
using PhoneMasking.Contracts;

namespace PhoneMasking.EndToEnd.Product;

/// <summary>Asks the product's services over the bus, as the console does.</summary>
internal sealed class BusClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IBusControl _bus;

    private BusClient(IBusControl bus) => _bus = bus;

    /// <summary>Connects anew: the broker may have been away since the last time.</summary>
    public static async Task<BusClient> OpenAsync(ProductSystem product)
    {
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(new Uri(product.RabbitMq.ConnectionString())));
        await bus.StartAsync(TestContext.Current.CancellationToken);
        return new BusClient(bus);
    }

    /// <summary>Asks, and expects not to be refused.</summary>
    public async Task<TAnswer> AskAsync<TRequest, TAnswer>(TRequest request)
        where TRequest : class
        where TAnswer : class
    {
        var client = _bus.CreateRequestClient<TRequest>(Patience);
        var answer = await client.GetResponse<TAnswer, Refused>(request, TestContext.Current.CancellationToken);
        return answer.Is<TAnswer>(out var wanted)
            ? wanted.Message
            : throw new InvalidOperationException($"{typeof(TRequest).Name} was refused: {answer.Message}");
    }

    public async ValueTask DisposeAsync() => await _bus.StopAsync(CancellationToken.None);
}
