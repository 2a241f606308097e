using System.Collections.Concurrent;
using System.Net.Sockets;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.TestServers;
using RabbitMQ.Client;

namespace PhoneMasking.ServiceDefaults.Tests.Messaging;

public sealed class ConsumerRetryTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private TestVirtualHost _broker = null!;
    private SampleService _service = null!;

    private Faults Faults => _service.Services.GetRequiredService<Faults>();

    public async ValueTask InitializeAsync()
    {
        var servers = await TestInfrastructure.GetAsync();
        _database = await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        _broker = await servers.CreateVirtualHostAsync(TestContext.Current.CancellationToken);
        _service = await SampleService.StartAsync(
            _database.ConnectionString,
            _broker.ConnectionString,
            bus => bus.AddConsumer<FailingConsumer, FailingConsumerDefinition>(),
            builder => builder.Services.AddSingleton<Faults>());
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _broker.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Fault_OfTheDatabaseWrappedByEfCore_IsRetriedUntilItPasses()
    {
        Faults.Next = attempt => attempt <= 5
            ? new InvalidOperationException("likely transient", new DbUpdateException("update", Unreachable()))
            : null;

        var id = await _service.CommitAsync(SampleEvents.Merged());

        await Eventually.HoldsAsync(() => _service.Received.Ids.Contains(id));
        Assert.Equal(6, Faults.Attempts);
        Assert.Equal(0u, await ErrorsAsync());
    }

    [Fact]
    public async Task Fault_Unrecoverable_GoesToTheDeadLettersAtOnce()
    {
        Faults.Next = _ => new UnrecoverableMessageException("hopeless");

        await _service.CommitAsync(SampleEvents.Merged());

        await Eventually.HoldsAsync(async () => await ErrorsAsync() == 1);
        Assert.Equal(1, Faults.Attempts);
    }

    [Fact]
    public async Task Message_ThatAlwaysFails_GoesToTheDeadLettersAfterFourTriesWhileOthersFlow()
    {
        Faults.Next = attempt =>
        {
            Faults.Poison = attempt == 1 ? Faults.Current : Faults.Poison;
            return Faults.IsPoisoned ? new FormatException("poison") : null;
        };
        var poison = await _service.CommitAsync(SampleEvents.Merged());
        await Eventually.HoldsAsync(() => Faults.Attempts >= 1);

        var others = new List<Guid>();
        for (var number = 0; number < 50; number++)
        {
            others.Add(await _service.CommitAsync(SampleEvents.Merged()));
        }

        await Eventually.HoldsAsync(async () => await ErrorsAsync() == 1);
        await Eventually.HoldsAsync(() => others.All(_service.Received.Ids.Contains));
        Assert.Equal(4, Faults.Of(poison));
        Assert.DoesNotContain(poison, _service.Received.Ids);
    }

    [Fact]
    public async Task Fault_OfBothKinds_CountsEachByItself()
    {
        Faults.Next = attempt => attempt switch
        {
            1 or 3 or 5 => Unreachable(),
            2 or 4 => new FormatException("once more"),
            _ => null,
        };

        var id = await _service.CommitAsync(SampleEvents.Merged());

        await Eventually.HoldsAsync(() => _service.Received.Ids.Contains(id));
        Assert.Equal(0u, await ErrorsAsync());
    }

    [Fact]
    public async Task Text_ThatIsNoMessage_GoesToTheDeadLettersAndOthersFlow()
    {
        Faults.Next = _ => null;
        await using var connection = await new ConnectionFactory { Uri = _broker.Uri }
            .CreateConnectionAsync(TestContext.Current.CancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(async () =>
        {
            await _service.CommitAsync(SampleEvents.Merged());
            return _service.Received.Ids.Count > 0;
        });

        await channel.BasicPublishAsync(
            FailingConsumerDefinition.Queue, "", "{\"not\": a message"u8.ToArray(), TestContext.Current.CancellationToken);
        var id = await _service.CommitAsync(SampleEvents.Merged());

        await Eventually.HoldsAsync(() => _service.Received.Ids.Contains(id));
        await Eventually.HoldsAsync(async () => await ErrorsAsync() == 1);
    }

    private static NpgsqlException Unreachable() =>
        new("Failed to connect", new SocketException((int)SocketError.ConnectionRefused));

    private async Task<uint> ErrorsAsync()
    {
        await using var connection = await new ConnectionFactory { Uri = _broker.Uri }
            .CreateConnectionAsync(TestContext.Current.CancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
        try
        {
            return await channel.MessageCountAsync(BusRegistration.DeadLetters, TestContext.Current.CancellationToken);
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            return 0;
        }
    }
}

internal sealed class Faults
{
    private readonly ConcurrentDictionary<Guid, int> _perMessage = new();
    private int _attempts;

    public Func<int, Exception?> Next { get; set; } = _ => null;

    public Guid Poison { get; set; }

    public Guid Current { get; private set; }

    public bool IsPoisoned => Current == Poison;

    public int Attempts => _attempts;

    public int Of(Guid message) => _perMessage.GetValueOrDefault(message);

    public void Meet(Guid message)
    {
        _perMessage.AddOrUpdate(message, 1, (_, count) => count + 1);
        Exception? fault;
        lock (this)
        {
            Current = message;
            fault = Next(++_attempts);
        }

        if (fault is not null)
        {
            throw fault;
        }
    }
}

internal sealed class FailingConsumer(Faults faults, Received received) : IConsumer<ClientMerged>
{
    public Task Consume(ConsumeContext<ClientMerged> context)
    {
        faults.Meet(context.MessageId!.Value);
        received.Add(context);
        return Task.CompletedTask;
    }
}

internal sealed class FailingConsumerDefinition() : ServiceConsumerDefinition<FailingConsumer>(Queue, 10)
{
    public const string Queue = "sample.failing";
}
