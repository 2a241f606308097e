using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PhoneMasking.Contracts;
using PhoneMasking.TestServers;

namespace PhoneMasking.ServiceDefaults.Tests.Messaging;

public sealed class OutboxRelayTests : IAsyncLifetime
{
    private const string InsertMany = """
        INSERT INTO sample.outbox (id, type, body, due_at)
        SELECT gen_random_uuid(), 'RouteConversations', '{"conversations":[1]}', now() FROM generate_series(1, 2000)
        """;

    private TestDatabase _database = null!;
    private TestVirtualHost _broker = null!;

    public async ValueTask InitializeAsync()
    {
        var servers = await TestInfrastructure.GetAsync();
        _database = await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        _broker = await servers.CreateVirtualHostAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Event_CommittedWithItsState_IsPublishedOnceWithItsId()
    {
        await using var service = await StartAsync<ClientMerged>();

        var id = await service.CommitAsync(SampleEvents.Merged());

        await Eventually.HoldsAsync(() => service.Received.Ids.Count > 0);
        await Eventually.HoldsAsync(async () => await service.CountAsync("sample.outbox") == 0);
        Assert.Equal([id], service.Received.Ids);
        Assert.Equal(1, await service.CountAsync("sample.effects"));
    }

    [Fact]
    public async Task Event_RolledBackWithItsState_IsNeverPublished()
    {
        await using var service = await StartAsync<ClientMerged>();

        await service.CommitAsync(SampleEvents.Merged(), commit: false);
        var next = await service.CommitAsync(SampleEvents.Merged());

        await Eventually.HoldsAsync(() => service.Received.Ids.Contains(next));
        Assert.Equal([next], service.Received.Ids);
        Assert.Equal(1, await service.CountAsync("sample.effects"));
    }

    [Fact]
    public async Task Events_LeftBehindByADeadInstance_ArePublishedByTheNext()
    {
        await using (var first = await StartAsync<ClientMerged>())
        {
            await first.StopAsync();
            await first.ExecuteAsync(InsertMany.Replace("2000", "3", StringComparison.Ordinal));
        }

        await using var second = await StartAsync<RouteConversations>();

        await Eventually.HoldsAsync(() => second.Received.Ids.Count == 3);
    }

    [Fact]
    public async Task Events_WithTwoRelaysAtOnce_ArePublishedOnceEach()
    {
        await using var first = await StartAsync<RouteConversations>();
        await using var second = await StartAsync<RouteConversations>();

        await first.ExecuteAsync(InsertMany);

        await Eventually.HoldsAsync(() => first.Received.Ids.Count + second.Received.Ids.Count >= 2000);
        await Eventually.HoldsAsync(async () => await first.CountAsync("sample.outbox") == 0);
        Assert.Equal(2000, first.Received.Ids.Concat(second.Received.Ids).Distinct().Count());
        Assert.Equal(2000, first.Received.Ids.Count + second.Received.Ids.Count);
    }

    [Fact]
    public async Task Event_PublishedButNotMarkedBeforeACrash_IsPublishedAgainWithTheSameId()
    {
        await using var service = await StartAsync<ClientMerged>();

        // Once an event has come through, the queue is there, and the next publish cannot fail for want of it.
        var first = await service.CommitAsync(SampleEvents.Merged());
        await Eventually.HoldsAsync(() => service.Received.Ids.Count == 1);

        // A sequence counts on through a rollback: the first commit of the relay fails, as if the process ended before it.
        await service.ExecuteAsync("""
            CREATE SEQUENCE sample.commits;
            CREATE FUNCTION sample.fail_first() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF nextval('sample.commits') = 1 THEN RAISE 'crash'; END IF;
                RETURN NULL;
            END $$;
            CREATE CONSTRAINT TRIGGER fail_first AFTER DELETE ON sample.outbox DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION sample.fail_first();
            """);
        var id = await service.CommitAsync(SampleEvents.Merged());

        await Eventually.HoldsAsync(() => service.Received.Ids.Count == 3);
        await Eventually.HoldsAsync(async () => await service.CountAsync("sample.outbox") == 0);
        Assert.Equal([first, id, id], service.Received.Ids);
    }

    [Fact]
    public async Task Rows_OfAnUnknownTypeOrBrokenBody_DoNotHoldUpOthers()
    {
        await using var service = await StartAsync<ClientMerged>();
        await service.ExecuteAsync("""
            INSERT INTO sample.outbox (id, type, body, due_at) VALUES
                (gen_random_uuid(), 'NoSuchContract', '{}', now()),
                (gen_random_uuid(), 'String', '{}', now()),
                (gen_random_uuid(), 'ClientMerged', '{', now()),
                (gen_random_uuid(), 'ClientMerged', 'null', now())
            """);

        var id = await service.CommitAsync(SampleEvents.Merged());

        await Eventually.HoldsAsync(() => service.Received.Ids.Contains(id));
        await Eventually.HoldsAsync(async () => await service.CountAsync("sample.outbox WHERE attempts > 0") == 4);
        Assert.Equal(4, await service.CountAsync("sample.outbox WHERE attempts > 0 AND due_at > now() - interval '5 s'"));
    }

    [Fact]
    public async Task Event_ThatNoQueueTakes_IsKeptAndPublishedOnceOneDoes()
    {
        await using var publisher = await SampleService.StartAsync(_database.ConnectionString, _broker.ConnectionString);
        var id = await publisher.CommitAsync(SampleEvents.Merged());
        await Eventually.HoldsAsync(async () => await publisher.CountAsync("sample.outbox WHERE attempts > 0") == 1);

        await using var consumer = await StartAsync<ClientMerged>();

        await Eventually.HoldsAsync(() => consumer.Received.Ids.Count == 1);
        Assert.Equal([id], consumer.Received.Ids);
        await Eventually.HoldsAsync(async () => await publisher.CountAsync("sample.outbox") == 0);
    }

    [Fact]
    public async Task Event_WhosePublishNeverEnds_IsPublishedAgainAndHoldsUpNoOthers()
    {
        await using var service = await StartAsync<ClientMerged>();
        service.Services.GetRequiredService<IBus>().ConnectPublishObserver(new FirstNeverEnds());

        var stuck = await service.CommitAsync(SampleEvents.Merged());
        var next = await service.CommitAsync(SampleEvents.Merged());

        await Eventually.HoldsAsync(() => service.Received.Ids.Contains(stuck) && service.Received.Ids.Contains(next));
        await Eventually.HoldsAsync(async () => await service.CountAsync("sample.outbox") == 0);
    }

    [Fact]
    public async Task Relay_AfterTheDatabaseCutItsConnections_GoesOn()
    {
        await using var service = await StartAsync<ClientMerged>();
        await using (var outside = new NpgsqlConnection(_database.ConnectionString))
        {
            await outside.OpenAsync(TestContext.Current.CancellationToken);
            await using var cut = new NpgsqlCommand(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE application_name = 'sample' AND datname = current_database()
                """,
                outside);
            await cut.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await Eventually.HoldsAsync(async () =>
        {
            try
            {
                await service.CommitAsync(SampleEvents.Merged());
                return true;
            }
            catch (Exception failure) when (PhoneMasking.ServiceDefaults.Persistence.DatabaseFault.IsTransient(failure))
            {
                return false;
            }
        });

        await Eventually.HoldsAsync(() => service.Received.Ids.Count == 1);
    }

    private Task<SampleService> StartAsync<TMessage>()
        where TMessage : class => SampleService.StartAsync(
            _database.ConnectionString,
            _broker.ConnectionString,
            bus => bus.AddConsumer<NotingConsumer<TMessage>, NotingConsumerDefinition<TMessage>>());

    /// <summary>As a publish that was under way when its connection broke: it ends neither well nor badly, nor when told to.</summary>
    private sealed class FirstNeverEnds : IPublishObserver
    {
        private int _publishes;

        public Task PrePublish<T>(PublishContext<T> context)
            where T : class => Interlocked.Increment(ref _publishes) == 1 ? new TaskCompletionSource().Task : Task.CompletedTask;

        public Task PostPublish<T>(PublishContext<T> context)
            where T : class => Task.CompletedTask;

        public Task PublishFault<T>(PublishContext<T> context, Exception exception)
            where T : class => Task.CompletedTask;
    }
}
