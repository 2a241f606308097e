using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.TestServers;

namespace PhoneMasking.ServiceDefaults.Tests.Messaging;

public sealed class OutboxBacklogTests
{
    [Fact]
    public async Task Backlog_OfFiveThousandTexts_IsGoneWithoutAPauseInBetween()
    {
        // On a clock that stands still no wait of the relay ends by itself.
        var clock = new FakeClock(DateTimeOffset.UtcNow.AddDays(1));
        var servers = await TestInfrastructure.GetAsync();
        await using var database = await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var broker = await servers.CreateVirtualHostAsync(TestContext.Current.CancellationToken);
        await using var service = await SampleService.StartAsync(
            database.ConnectionString,
            broker.ConnectionString,
            bus => bus.AddConsumer<NotingConsumer<MessageSent>, NotingConsumerDefinition<MessageSent>>(),
            clock: clock);
        await Eventually.HoldsAsync(async () =>
        {
            // Until the queue is there, a refused event waits a second or more.
            clock.Advance(TimeSpan.FromMinutes(1));
            await service.CommitAsync(SampleEvents.Sent());
            return service.Received.Ids.Count > 0;
        });
        await Eventually.HoldsAsync(async () => await service.CountAsync("sample.outbox") == 0);

        await service.ExecuteAsync("""
            INSERT INTO sample.outbox (id, type, body, due_at)
            SELECT gen_random_uuid(), 'MessageSent', '{"organisationId":"01920000-0000-7000-8000-000000000001",
                "messageId":"01920000-0000-7000-8000-000000000002","direction":1,"occurredAt":"2026-11-21T12:00:00Z"}', now()
            FROM generate_series(1, 5000)
            """);
        await service.CommitAsync(SampleEvents.Sent());

        await Eventually.HoldsAsync(async () => await service.CountAsync("sample.outbox") == 0);
    }
}
