using Npgsql;
using PhoneMasking.ProxyGateway.Routing;
using PhoneMasking.ProxyGateway.Tests.World;

namespace PhoneMasking.ProxyGateway.Tests.Routing;

/// <summary>A text that nothing decides on is queued again, and more and more rarely: each time may end in a dead letter.</summary>
public sealed class ForgottenTextTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Arrival = new(2026, 1, 15, 17, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(20);
    private GatewayTables _tables = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _tables = await GatewayTables.CreateAsync();

    public ValueTask DisposeAsync() => _tables.DisposeAsync();

    [Fact]
    public async Task TextWithoutADecision_IsQueuedInGrowingGaps()
    {
        await StoreAsync(decideBy: null);

        var rounds = await RoundsAsync(TimeSpan.FromDays(1), (connection, now) =>
            HeldTexts.QueueForgottenAsync(connection, Patience, now, Token));

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256], rounds.Take(9).Select(round => Math.Floor(round.TotalMinutes)));
        Assert.Equal(12, rounds.Count);
    }

    [Fact]
    public async Task TextThatHasWaitedLongEnoughForNews_IsQueuedInGrowingGaps()
    {
        await StoreAsync(Arrival + TimeSpan.FromMinutes(5));

        var rounds = await RoundsAsync(TimeSpan.FromHours(1), (connection, now) =>
            AwaitedNews.QueueDueAsync(connection, now, Token));

        Assert.Equal([5, 6, 8, 12, 20, 36], rounds.Select(round => Math.Floor(round.TotalMinutes)));
    }

    [Fact]
    public async Task SeveralTextsOfAConversation_AreOneCommand()
    {
        await StoreAsync(decideBy: null);
        await StoreAsync(decideBy: null);

        await using var connection = await _tables.Database.OpenConnectionAsync(Token);
        await HeldTexts.QueueForgottenAsync(connection, Patience, Arrival + (2 * Patience), Token);

        await using var count = new NpgsqlCommand(
            "SELECT count(*), min(json_array_length(body::json -> 'conversations')) FROM gateway.outbox", connection);
        await using var reader = await count.ExecuteReaderAsync(Token);
        await reader.ReadAsync(Token);
        Assert.Equal((1L, 1), (reader.GetInt64(0), reader.GetInt32(1)));
    }

    private async Task<List<TimeSpan>> RoundsAsync(TimeSpan length, Func<NpgsqlConnection, DateTimeOffset, Task<bool>> look)
    {
        var rounds = new List<TimeSpan>();
        await using var connection = await _tables.Database.OpenConnectionAsync(Token);
        for (var since = Tick; since <= length; since += Tick)
        {
            if (await look(connection, Arrival + since))
            {
                rounds.Add(since);
            }
        }

        return rounds;
    }

    private async Task StoreAsync(DateTimeOffset? decideBy)
    {
        await using var command = _tables.Database.CreateCommand("""
            INSERT INTO gateway.inbound
                (id, provider_sid, from_address, to_address, body, media, payload, received_at, decide_by)
            VALUES (gen_random_uuid(), $1, '+13035550171', '+13035550131', 'Hello', '{}', '{}', $2, $3)
            """);
        command.Parameters.AddWithValue(Webhook.NewSid());
        command.Parameters.AddWithValue(Arrival);
        command.Parameters.AddWithValue((object?)decideBy ?? DBNull.Value);
        await command.ExecuteNonQueryAsync(Token);
    }
}
