using System.Diagnostics;
using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.TestServers;

namespace PhoneMasking.ServiceDefaults.Tests.Messaging;

public sealed class OutboxSpeedTests
{
    // 5,000/s and more with two cores to itself; the bound leaves room for whatever else runs.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Backlog_OfFiveThousandTexts_IsGoneWithinSeconds()
    {
        var servers = await TestInfrastructure.GetAsync();
        await using var database = await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var broker = await servers.CreateVirtualHostAsync(TestContext.Current.CancellationToken);
        await using var service = await SampleService.StartAsync(
            database.ConnectionString,
            broker.ConnectionString,
            bus => bus.AddConsumer<NotingConsumer<MessageSent>, NotingConsumerDefinition<MessageSent>>());
        await service.CommitAsync(SampleEvents.Sent());
        await Eventually.HoldsAsync(() => service.Received.Ids.Count == 1);

        for (var round = 1; round <= 3; round++)
        {
            await service.ExecuteAsync("""
                INSERT INTO sample.outbox (id, type, body, due_at)
                SELECT gen_random_uuid(), 'MessageSent', '{"organisationId":"01920000-0000-7000-8000-000000000001",
                    "messageId":"01920000-0000-7000-8000-000000000002","direction":1,"occurredAt":"2026-11-21T12:00:00Z"}', now()
                FROM generate_series(1, 5000)
                """);
            var busy = Process.GetCurrentProcess().TotalProcessorTime;
            var gone = await Eventually.HoldsAsync(async () => await service.CountAsync("sample.outbox") == 0);
            busy = Process.GetCurrentProcess().TotalProcessorTime - busy;

            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{5000 / gone.TotalSeconds:F0}/s, {busy.TotalMicroseconds / 5000:F0} µs of processor each, consumers included");
            Assert.True(gone < Longest, $"gone only after {gone}");
        }
    }
}
