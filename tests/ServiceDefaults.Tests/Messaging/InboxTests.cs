using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.ServiceDefaults.Messaging.Inbox;
using PhoneMasking.TestServers;

namespace PhoneMasking.ServiceDefaults.Tests.Messaging;

public sealed class InboxTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private TestVirtualHost _broker = null!;
    private SampleService _service = null!;

    public async ValueTask InitializeAsync()
    {
        var servers = await TestInfrastructure.GetAsync();
        _database = await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        _broker = await servers.CreateVirtualHostAsync(TestContext.Current.CancellationToken);
        _service = await SampleService.StartAsync(
            _database.ConnectionString,
            _broker.ConnectionString,
            bus =>
            {
                bus.AddConsumer<OnceConsumer, OnceConsumerDefinition>();
                bus.AddConsumer<CarelessConsumer, CarelessConsumerDefinition>();
            });

        // Published past the outbox, to repeat ids; so the queues must be there.
        await _service.Services.GetRequiredService<IBusControl>()
            .WaitForHealthStatus(BusHealthStatus.Healthy, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _broker.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Message_DeliveredAgainLater_HasNoSecondEffect()
    {
        var id = Guid.CreateVersion7();

        await PublishAsync(SampleEvents.Merged(), id);
        await Eventually.HoldsAsync(() => _service.Received.Ids.Count == 1);
        await PublishAsync(SampleEvents.Merged(), id);

        await Eventually.HoldsAsync(() => _service.Received.Ids.Count == 2);
        Assert.Equal(1, await _service.CountAsync("sample.effects"));
        Assert.Equal(1, await _service.CountAsync("sample.inbox"));
    }

    [Fact]
    public async Task Message_DeliveredTwentyTimesAtOnce_HasOneEffect()
    {
        var id = Guid.CreateVersion7();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PublishAsync(SampleEvents.Merged(), id)));

        await Eventually.HoldsAsync(() => _service.Received.Ids.Count == 20);
        Assert.Equal(1, await _service.CountAsync("sample.effects"));
    }

    [Fact]
    public async Task Message_WhoseEffectFails_IsNotMarkedAsConsumed()
    {
        // A sequence counts on through a rollback: the first effect fails, the second does not.
        await _service.ExecuteAsync("""
            CREATE SEQUENCE sample.tries;
            CREATE FUNCTION sample.fail_first() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF nextval('sample.tries') = 1 THEN RAISE 'not yet'; END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER fail_first BEFORE INSERT ON sample.effects FOR EACH ROW EXECUTE FUNCTION sample.fail_first();
            """);

        await PublishAsync(SampleEvents.Merged(), Guid.CreateVersion7());

        await Eventually.HoldsAsync(() => _service.Received.Ids.Count == 1);
        Assert.Equal(1, OnceConsumer.Failures);
        await Eventually.HoldsAsync(async () => await _service.CountAsync("sample.effects") == 1);
        Assert.Equal(1, await _service.CountAsync("sample.inbox"));
    }

    [Fact]
    public async Task Inbox_WithoutATransaction_IsRefused()
    {
        await PublishAsync(SampleEvents.Sent(), Guid.CreateVersion7());

        await Eventually.HoldsAsync(() => CarelessConsumer.Failure is InvalidOperationException);
        Assert.Equal(0, await _service.CountAsync("sample.inbox"));
    }

    private Task PublishAsync(object message, Guid id) => _service.Services.GetRequiredService<IBus>()
        .Publish(message, message.GetType(), context => context.MessageId = id, TestContext.Current.CancellationToken);
}

internal sealed class OnceConsumer(SampleDbContext db, Received received) : IConsumer<ClientMerged>
{
    private static int _failures;

    public static int Failures => _failures;

    public async Task Consume(ConsumeContext<ClientMerged> context)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(context.CancellationToken);
        if (await Inbox.TryBeginAsync(db, context, "once", DateTimeOffset.UtcNow))
        {
            db.Effects.Add(new Effect { Id = ClientId.New(DateTimeOffset.UtcNow), Number = E164Number.Parse("+13035550142") });
            try
            {
                await db.SaveChangesAsync(context.CancellationToken);
            }
            catch (Exception failure) when (failure.InnerException is PostgresException)
            {
                Interlocked.Increment(ref _failures);
                throw;
            }
        }

        await transaction.CommitAsync(context.CancellationToken);
        received.Add(context);
    }
}

internal sealed class OnceConsumerDefinition() : ServiceConsumerDefinition<OnceConsumer>("sample.once", 20);

internal sealed class CarelessConsumer(SampleDbContext db) : IConsumer<MessageSent>
{
    public static Exception? Failure { get; private set; }

    public async Task Consume(ConsumeContext<MessageSent> context) => Failure = await Record.ExceptionAsync(
        () => Inbox.TryBeginAsync(db, context, "careless", DateTimeOffset.UtcNow));
}

internal sealed class CarelessConsumerDefinition() : ServiceConsumerDefinition<CarelessConsumer>("sample.careless", 1);
