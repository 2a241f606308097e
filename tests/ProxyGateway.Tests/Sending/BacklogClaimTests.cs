using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.ProxyGateway.Tests.World;
using PhoneMasking.ServiceDefaults.Clock;
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

    private readonly CancellationToken _token = TestContext.Current.CancellationToken;
    private GatewayTables _tables = null!;

    public async ValueTask InitializeAsync() => _tables = await GatewayTables.CreateAsync();

    public ValueTask DisposeAsync() => _tables.DisposeAsync();

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
        _tables.Database,
        Options.Create(new SendingOptions()),
        new TwilioAccount($"AC{1:x32}", "token", new Uri("http://127.0.0.1:9")),
        new UnreadableTexts(_tables.Database, new(), new(), TimeProvider.System, NullLogger<UnreadableTexts>.Instance),
        new ClockSteps(new DatabaseClock(TimeProvider.System), Options.Create(new SendingOptions())),
        TimeProvider.System);

    private Task FillAsync(OutboundState state, int texts) => _tables.FillAsync(state, texts);

    private Task ExecuteAsync(string sql) => _tables.ExecuteAsync(sql);

    private Task<long> CountAsync(string column, string index) =>
        _tables.CountAsync<long>($"SELECT {column} FROM pg_stat_user_indexes WHERE indexrelname = '{index}'");
}
