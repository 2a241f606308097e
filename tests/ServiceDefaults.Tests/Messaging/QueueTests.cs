using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.TestServers;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace PhoneMasking.ServiceDefaults.Tests.Messaging;

/// <summary>What the broker really holds, asked of it by declarations that must agree.</summary>
public sealed class QueueTests : IAsyncLifetime
{
    private const string Queue = "sample.clientmerged";
    private const string Live = "live-sample";
    private const int DeliveryLimit = 10;

    private TestDatabase _database = null!;
    private TestVirtualHost _broker = null!;
    private SampleService _service = null!;
    private IConnection _connection = null!;

    public async ValueTask InitializeAsync()
    {
        var servers = await TestInfrastructure.GetAsync();
        _database = await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        _broker = await servers.CreateVirtualHostAsync(TestContext.Current.CancellationToken);
        _service = await SampleService.StartAsync(_database.ConnectionString, _broker.ConnectionString, bus =>
        {
            bus.AddConsumer<NotingConsumer<ClientMerged>, NotingConsumerDefinition<ClientMerged>>();
            bus.AddConsumer<NotingConsumer<MessageSent>>().Endpoint(endpoint =>
            {
                endpoint.Name = Live;
                endpoint.Temporary = true;
            });
        });
        _connection = await new ConnectionFactory { Uri = _broker.Uri }
            .CreateConnectionAsync(TestContext.Current.CancellationToken);
        await _service.CommitAsync(SampleEvents.Merged());
        await _service.CommitAsync(SampleEvents.Sent());
        await Eventually.HoldsAsync(() => _service.Received.Ids.Count == 2);
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _service.DisposeAsync();
        await _broker.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Queue_OfAConsumer_IsAQuorumQueueWithADeliveryLimitAndDeadLetters() =>
        await DeclareAsync(Queue, new Dictionary<string, object?>
        {
            ["x-queue-type"] = "quorum",
            ["x-delivery-limit"] = DeliveryLimit,
            ["x-dead-letter-exchange"] = BusRegistration.DeadLetters,
        });

    [Fact]
    public async Task Queue_OfDeadLetters_IsThereAndDurable() =>
        await DeclareAsync(BusRegistration.DeadLetters, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });

    [Fact]
    public async Task Queue_DeclaredOtherwise_IsRefused() =>
        await Assert.ThrowsAsync<OperationInterruptedException>(() => DeclareAsync(Queue, []));

    [Fact]
    public async Task Queue_WithTheTemporaryPrefix_EndsWithItsProcess()
    {
        await _service.StopAsync();

        await Eventually.HoldsAsync(async () => !await ExistsAsync(Live));
        Assert.True(await ExistsAsync(Queue));
    }

    [Fact]
    public async Task Message_DeliveredTooOften_EndsAmongTheDeadLetters()
    {
        await _service.StopAsync();
        await using var channel = await _connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
        await channel.BasicPublishAsync(Queue, "", "kills its process"u8.ToArray(), TestContext.Current.CancellationToken);

        // Each round is a process that ends while it has the message.
        await Eventually.HoldsAsync(async () =>
        {
            await using var dying = await _connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
            await dying.BasicGetAsync(Queue, autoAck: false, TestContext.Current.CancellationToken);
            await dying.CloseAsync(TestContext.Current.CancellationToken);
            return await channel.MessageCountAsync(BusRegistration.DeadLetters, TestContext.Current.CancellationToken) == 1;
        });

        Assert.Equal(0u, await channel.MessageCountAsync(Queue, TestContext.Current.CancellationToken));
    }

    private async Task DeclareAsync(string queue, Dictionary<string, object?> arguments)
    {
        await using var channel = await _connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
        await channel.QueueDeclareAsync(
            queue, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: TestContext.Current.CancellationToken);
    }

    private async Task<bool> ExistsAsync(string queue)
    {
        await using var channel = await _connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
        try
        {
            await channel.QueueDeclarePassiveAsync(queue, TestContext.Current.CancellationToken);
            return true;
        }
        catch (OperationInterruptedException)
        {
            return false;
        }
    }
}
