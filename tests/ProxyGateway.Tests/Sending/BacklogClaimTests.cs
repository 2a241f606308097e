using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.TestServers;
using PhoneMasking.Twilio;

namespace PhoneMasking.ProxyGateway.Tests.Sending;

/// <summary>
/// A backlog comes in minutes, PostgreSQL's statistics of it later, and the vacuum of what was sent later still: what is
/// read must not depend on them.
/// </summary>
public sealed class BacklogClaimTests : IAsyncLifetime
{
    private const int Conversations = 200;
    private const int Backlog = 4000;

    // Each client of 200 has a thread with one of twenty numbers of ours.
    private const string Fill = """
        INSERT INTO gateway.outbound (
            id, organisation_id, part, direction, from_number, to_number, body, media, state, due_at, created_at)
        SELECT gen_random_uuid(), $1, 0, 0, '+' || 12205550100 + text % 20,
            '+' || CASE WHEN text % 200 < 100 THEN 13005550100 ELSE 13015550100 END + text % 100,
            'Could you come at half past five today?', '{}', $2, now() - interval '1 minute', now()
        FROM generate_series(1, $3) AS text
        """;

    private readonly CancellationToken _token = TestContext.Current.CancellationToken;
    private TestDatabase? _home;
    private NpgsqlDataSource? _database;

    private NpgsqlDataSource Database => _database ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        _home = await (await TestInfrastructure.GetAsync()).CreateDatabaseAsync(_token);

        // As the services connect, but with one connection: only it can be told to publish what it has counted.
        _database = NpgsqlDataSource.Create(
            _home.ConnectionString + ";Maximum Pool Size=1;Options=-c enable_seqscan=off -c jit=off");
        var options = new DbContextOptionsBuilder<GatewayDbContext>()
            .UseNpgsql(_database, npgsql => npgsql.MigrationsHistoryTable("schema_history", GatewayDbContext.Schema))
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
        await using var db = new GatewayDbContext(options.Options);
        await db.Database.ExecuteSqlRawAsync("CREATE SCHEMA gateway", _token);
        await db.Database.MigrateAsync(_token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        if (_home is not null)
        {
            await _home.DisposeAsync();
        }
    }

    [Fact]
    public async Task Claim_WithStatisticsFromBeforeTheBacklog_LooksUpEachConversationByItself()
    {
        await FillAsync(OutboundState.Delivered, 20_000);
        await ExecuteAsync("VACUUM (ANALYZE) gateway.outbound");
        await FillAsync(OutboundState.Pending, Backlog);

        var taken = await Claims().TakeAsync(50, _token);

        Assert.Equal(50, taken.Select(text => text.Text.Conversation).Distinct().Count());
        Assert.InRange(await CountAsync("idx_scan", "outbound_heads"), Conversations, long.MaxValue);

        // Once all that is due, and never all of it for each conversation, which would be 800,000.
        Assert.InRange(await CountAsync("idx_tup_read", "outbound_due"), 0, 2 * Backlog);
    }

    [Fact]
    public async Task Claim_AfterTextsThatWereSentSinceTheLastVacuum_ReadsThemOnce()
    {
        await ExecuteAsync("ALTER TABLE gateway.outbound SET (autovacuum_enabled = false)");
        await FillAsync(OutboundState.Delivered, 20_000);
        await FillAsync(OutboundState.Pending, 100);
        await ExecuteAsync("VACUUM (ANALYZE) gateway.outbound");
        await FillAsync(OutboundState.Pending, Backlog);
        await ExecuteAsync($"UPDATE gateway.outbound SET state = {(short)OutboundState.Delivered} WHERE state = {(short)OutboundState.Pending}");
        var claims = Claims();
        Assert.Empty(await claims.TakeAsync(50, _token));
        var first = await CountAsync("idx_tup_read", "outbound_due");

        var before = first;

        // Whatever else looks at this database at the moment of a look keeps its entries from being marked: then the next does it.
        await Eventually.TrueAsync(
            async () =>
            {
                Assert.Empty(await claims.TakeAsync(50, _token));
                var now = await CountAsync("idx_tup_read", "outbound_due");
                var read = now - before;
                before = now;
                return read < Backlog / 10;
            },
            "a look that leaves out what was sent",
            _token);

        // At 200 texts a second 25,000 stood there until the vacuum, at each of two looks a second.
        Assert.InRange(first, Backlog, long.MaxValue);
    }

    private OutboundClaims Claims() => new(
        Database,
        Options.Create(new SendingOptions()),
        new TwilioAccount($"AC{1:x32}", "token", new Uri("http://127.0.0.1:9")),
        new UnreadableTexts(Database, new(), new(), TimeProvider.System, NullLogger<UnreadableTexts>.Instance),
        TimeProvider.System);

    private async Task FillAsync(OutboundState state, int texts)
    {
        await using var fill = Database.CreateCommand(Fill);
        fill.Parameters.AddWithValue(Guid.Empty);
        fill.Parameters.AddWithValue((short)state);
        fill.Parameters.AddWithValue(texts);
        await fill.ExecuteNonQueryAsync(_token);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(_token);
    }

    private async Task<long> CountAsync(string column, string index)
    {
        await ExecuteAsync("SELECT pg_stat_force_next_flush()");
        await using var command = Database.CreateCommand(
            $"SELECT {column} FROM pg_stat_user_indexes WHERE indexrelname = '{index}'");
        return (long)(await command.ExecuteScalarAsync(_token) ?? 0L);
    }
}
