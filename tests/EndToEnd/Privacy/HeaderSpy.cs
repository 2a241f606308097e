using System.Text;
using PhoneMasking.EndToEnd.Judging;
using PhoneMasking.EndToEnd.Product;
using RabbitMQ.Client;

namespace PhoneMasking.EndToEnd.Privacy;

/// <summary>Gets a copy of what is published, and looks at its headers: brokers show them, and log them, as they are.</summary>
internal sealed class HeaderSpy : IAsyncDisposable
{
    /// <summary>Where the command goes that has texts routed.</summary>
    public const string Work = "PhoneMasking.Contracts:RouteConversations";

    private static readonly string[] Published =
        ["PhoneMasking.Contracts:IAuditedEvent", "PhoneMasking.Contracts:MessagesDelivered", Work];

    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly string _queue;
    private readonly List<string> _ids = [];

    private HeaderSpy(IConnection connection, IChannel channel, string queue) =>
        (_connection, _channel, _queue) = (connection, channel, queue);

    /// <summary>The ids of the messages that were taken, one for each copy.</summary>
    public IReadOnlyList<string> Ids => _ids;

    /// <summary>Begins to get copies.</summary>
    /// <param name="product">The product.</param>
    /// <param name="exchanges">Of what goes there; none for events and work.</param>
    public static async Task<HeaderSpy> StartAsync(ProductSystem product, params string[] exchanges)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var connection = await Queues.ConnectAsync(product);
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        var queue = await channel.QueueDeclareAsync(cancellationToken: cancellationToken);
        foreach (var exchange in exchanges.Length == 0 ? Published : exchanges)
        {
            await channel.QueueBindAsync(queue.QueueName, exchange, "", cancellationToken: cancellationToken);
        }

        return new HeaderSpy(connection, channel, queue.QueueName);
    }

    /// <summary>Takes every copy so far.</summary>
    /// <returns>How many there were, and what their headers hold that must not be there.</returns>
    public async Task<(int Count, IReadOnlyList<string> Leaks)> ReadAsync()
    {
        var count = 0;
        var leaks = new List<string>();
        while (await _channel.BasicGetAsync(_queue, autoAck: true, TestContext.Current.CancellationToken) is { } message)
        {
            count++;
            _ids.Add(message.BasicProperties.MessageId ?? "");
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

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
