using System.Text;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.TestServers;
using RabbitMQ.Client;

namespace PhoneMasking.ServiceDefaults.Tests.Messaging;

/// <summary>Messages that were in processes which died, from two queues of one service.</summary>
public sealed class SuspectTurnsTests : IAsyncLifetime
{
    private const int Messages = 5;
    private const int Deaths = 2;

    private TestDatabase _database = null!;
    private TestVirtualHost _broker = null!;
    private IConnection _connection = null!;

    public async ValueTask InitializeAsync()
    {
        var servers = await TestInfrastructure.GetAsync();
        _database = await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        _broker = await servers.CreateVirtualHostAsync(TestContext.Current.CancellationToken);
        _connection = await new ConnectionFactory { Uri = _broker.Uri }
            .CreateConnectionAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _broker.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Messages_OfTwoQueuesThatDiedTwice_GoOneAtATime()
    {
        await DeclareAsync();
        await PublishAsync<Chore>();
        await PublishAsync<Errand>();
        for (var death = 0; death < Deaths; death++)
        {
            await TakeAllAndDieAsync<Chore>();
            await TakeAllAndDieAsync<Errand>();
        }

        await using var service = await StartAsync();
        var line = service.Services.GetRequiredService<Line>();
        await Eventually.HoldsAsync(() => line.Done == 2 * Messages);

        Assert.Equal(1, line.MostAtATime);
    }

    private Task<SampleService> StartAsync() => SampleService.StartAsync(
        _database.ConnectionString,
        _broker.ConnectionString,
        bus =>
        {
            bus.AddConsumer<LineConsumer<Chore>, LineConsumerDefinition<Chore>>();
            bus.AddConsumer<LineConsumer<Errand>, LineConsumerDefinition<Errand>>();
        },
        builder => builder.Services.AddSingleton<Line>());

    // A service does, at its start.
    private async Task DeclareAsync()
    {
        await using var service = await StartAsync();
        await service.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(
            BusHealthStatus.Healthy, TestContext.Current.CancellationToken);
    }

    private async Task PublishAsync<T>()
        where T : class
    {
        await using var channel = await _connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
            TestContext.Current.CancellationToken);
        for (var number = 0; number < Messages; number++)
        {
            var message = $$$"""
                {"messageId":"{{{Guid.CreateVersion7()}}}","messageType":["{{{MessageUrn.ForTypeString<T>()}}}"],"message":{}}
                """;
            var properties = new BasicProperties { ContentType = "application/vnd.masstransit+json" };
            await channel.BasicPublishAsync(
                "", LineConsumerDefinition<T>.Queue, mandatory: true, properties, Encoding.UTF8.GetBytes(message), TestContext.Current.CancellationToken);
        }
    }

    private async Task TakeAllAndDieAsync<T>()
        where T : class
    {
        await using var channel = await _connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
        for (var taken = 0; taken < Messages;)
        {
            taken += await channel.BasicGetAsync(LineConsumerDefinition<T>.Queue, autoAck: false, TestContext.Current.CancellationToken) is null
                ? 0
                : 1;
        }

        await channel.CloseAsync(TestContext.Current.CancellationToken);
    }
}

public sealed record Chore;

public sealed record Errand;

/// <summary>How many were at work at the same time.</summary>
internal sealed class Line
{
    // Long beside the turn of a thread.
    private static readonly TimeSpan Work = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private int _now;

    public int Done { get; private set; }

    public int MostAtATime { get; private set; }

    public async Task PassAsync()
    {
        lock (_gate)
        {
            MostAtATime = Math.Max(MostAtATime, ++_now);
        }

        await Task.Delay(Work);
        lock (_gate)
        {
            _now--;
            Done++;
        }
    }
}

internal sealed class LineConsumer<T>(Line line) : IConsumer<T>
    where T : class
{
    public Task Consume(ConsumeContext<T> context) => line.PassAsync();
}

internal sealed class LineConsumerDefinition<T>() : ServiceConsumerDefinition<LineConsumer<T>>(Queue, concurrency: 8)
    where T : class
{
    public static string Queue { get; } = $"sample.line-{typeof(T).Name.ToLowerInvariant()}";
}
