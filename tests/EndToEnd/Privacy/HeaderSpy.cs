using System.Text;
using PhoneMasking.EndToEnd.Judging;
using PhoneMasking.EndToEnd.Product;
using RabbitMQ.Client;

namespace PhoneMasking.EndToEnd.Privacy;

/// <summary>Gets a copy of what is published, and looks at its headers: brokers show them, and log them, as they are.</summary>
internal sealed class HeaderSpy : IAsyncDisposable
{
    private static readonly string[] Exchanges =
        ["PhoneMasking.Contracts:IAuditedEvent", "PhoneMasking.Contracts:RouteConversations"];

    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly string _queue;

    private HeaderSpy(IConnection connection, IChannel channel, string queue) =>
        (_connection, _channel, _queue) = (connection, channel, queue);

    public static async Task<HeaderSpy> StartAsync(ProductSystem product)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var connection = await Queues.ConnectAsync(product);
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        var queue = await channel.QueueDeclareAsync(cancellationToken: cancellationToken);
        foreach (var exchange in Exchanges)
        {
            await channel.QueueBindAsync(queue.QueueName, exchange, "", cancellationToken: cancellationToken);
        }

        return new HeaderSpy(connection, channel, queue.QueueName);
    }

    /// <summary>Takes every copy so far.</summary>
    /// <returns>How many there were, and what their headers hold that must not be there.</returns>
    public Task<(int Count, IReadOnlyList<string> Leaks)> ReadAsync() => ReadAsync(_channel, _queue);

    /// <summary>Takes every message of a queue, and looks at its headers.</summary>
    public static async Task<(int Count, IReadOnlyList<string> Leaks)> ReadAsync(ProductSystem product, string queue)
    {
        await using var connection = await Queues.ConnectAsync(product);
        await using var channel = await connection.CreateChannelAsync(
            cancellationToken: TestContext.Current.CancellationToken);
        return await ReadAsync(channel, queue);
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static async Task<(int Count, IReadOnlyList<string> Leaks)> ReadAsync(IChannel channel, string queue)
    {
        var count = 0;
        var leaks = new List<string>();
        while (await channel.BasicGetAsync(queue, autoAck: true, TestContext.Current.CancellationToken) is { } message)
        {
            count++;
            foreach (var (name, value) in message.BasicProperties.Headers ?? new Dictionary<string, object?>())
            {
                var text = value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : $"{value}";
                if (ProductOutput.Leak(text) is { } leak)
                {
                    leaks.Add($"{name} holds {leak}");
                }
            }
        }

        return (count, leaks);
    }
}
