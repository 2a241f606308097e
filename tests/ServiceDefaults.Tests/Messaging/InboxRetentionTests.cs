using Microsoft.Extensions.Options;
using PhoneMasking.TestServers;

namespace PhoneMasking.ServiceDefaults.Tests.Messaging;

public sealed class InboxRetentionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Inbox_RowsPastTheirRetention_AreDeletedByTwoInstancesAndNoOthers()
    {
        var servers = await TestInfrastructure.GetAsync();
        await using var database = await servers.CreateDatabaseAsync(Token);
        await using var broker = await servers.CreateVirtualHostAsync(Token);
        var clock = new FakeClock();
        await using var one = await StartAsync(database, broker, clock);
        await using var other = await StartAsync(database, broker, clock);
        var now = clock.GetUtcNow();
        await AddAsync(one, 2500, now - TimeSpan.FromDays(14) - TimeSpan.FromMinutes(1));
        await AddAsync(one, 10, now - TimeSpan.FromDays(7));
        await AddAsync(one, 10, now);

        await PassUntilAsync(clock, async () => await one.CountAsync("sample.inbox") == 20);
        clock.Advance(TimeSpan.FromDays(7));
        await PassUntilAsync(clock, async () => await one.CountAsync("sample.inbox") == 10);
    }

    // Days lie between the rows, so that the clock cannot run past the next ones while an instance is at work.
    private static Task PassUntilAsync(FakeClock clock, Func<Task<bool>> condition) => Eventually.HoldsAsync(async () =>
    {
        clock.Advance(TimeSpan.FromMinutes(10));
        return await condition();
    });

    private static Task<SampleService> StartAsync(TestDatabase database, TestVirtualHost broker, FakeClock clock) =>
        SampleService.StartAsync(
            database.ConnectionString,
            broker.ConnectionString,
            clock: clock);

    private static async Task AddAsync(SampleService service, int count, DateTimeOffset receivedAt)
    {
        await using var command = service.Database.CreateCommand(
            "INSERT INTO sample.inbox SELECT gen_random_uuid(), 'once', $2 FROM generate_series(1, $1)");
        command.Parameters.AddWithValue(count);
        command.Parameters.AddWithValue(receivedAt);
        await command.ExecuteNonQueryAsync(Token);
    }

    [Theory]
    [InlineData("Inbox:Retention", "23:59:59")]
    [InlineData("Inbox:CleaningInterval", "00:00:00")]
    public async Task Start_WithASettingOutOfRange_FailsAndNamesIt(string name, string value)
    {
        await using var app = SampleService.Compose(
            "Host=localhost", "amqp://localhost", configure: builder => builder.Configuration[name] = value);

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync(Token));

        Assert.Contains(name.Split(':')[1], failure.Message, StringComparison.Ordinal);
    }
}
