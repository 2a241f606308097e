using PhoneMasking.AppHost.Local;
using PhoneMasking.TestServers;
using RabbitMQ.Client;

namespace PhoneMasking.AppHost.Tests.Servers;

public sealed class PrivateRabbitMqTests
{
    [Fact]
    public async Task RestartAndKill_KeepConfirmedMessagesAndTheAddress()
    {
        using var folder = new TemporaryFolder();
        await using var broker = new PrivateRabbitMq(folder.Path);
        await broker.StartAsync(TestContext.Current.CancellationToken);
        var address = broker.ConnectionString();
        await PublishAsync(address, "first");

        // In this order: RabbitMQ 3.10 notes a new quorum queue on disk some time after it has confirmed the queue,
        // so one that was declared a moment before SIGKILL does not come back.
        await broker.RestartAsync(TestContext.Current.CancellationToken);
        await PublishAsync(address, "second");
        await broker.KillAsync();
        Assert.Equal(0, broker.ProcessId);
        await broker.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal("first", await TakeAsync(address));
        Assert.Equal("second", await TakeAsync(address));
    }

    private static async Task PublishAsync(string address, string text)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var connection = await ConnectAsync(address);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
            cancellationToken);
        await DeclareAsync(channel);
        await channel.BasicPublishAsync(
            "", "kept", mandatory: true, new BasicProperties { Persistent = true },
            System.Text.Encoding.UTF8.GetBytes(text), cancellationToken);
    }

    private static async Task<string?> TakeAsync(string address)
    {
        await using var connection = await ConnectAsync(address);
        await using var channel = await connection.CreateChannelAsync(
            cancellationToken: TestContext.Current.CancellationToken);
        await DeclareAsync(channel);
        var message = await channel.BasicGetAsync("kept", autoAck: true, TestContext.Current.CancellationToken);
        return message is null ? null : System.Text.Encoding.UTF8.GetString(message.Body.Span);
    }

    private static Task<IConnection> ConnectAsync(string address) =>
        new ConnectionFactory { Uri = new Uri(address) }.CreateConnectionAsync(TestContext.Current.CancellationToken);

    private static Task<QueueDeclareOk> DeclareAsync(IChannel channel) =>
        channel.QueueDeclareAsync(
            "kept", durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" },
            cancellationToken: TestContext.Current.CancellationToken);
}
