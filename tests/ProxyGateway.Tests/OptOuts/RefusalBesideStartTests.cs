using Npgsql;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Inbound;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.ProxyGateway.Tests.World;
using PhoneMasking.TestServers;

namespace PhoneMasking.ProxyGateway.Tests.OptOuts;

/// <summary>Twilio refuses a text because its receiver has opted out, and the receiver opts in again at about the same time.</summary>
[Collection(GatewayGroup.Name)]
public sealed class RefusalBesideStartTests(GatewayWorld world)
{
    private const string WaitsForOptOut = """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%INTO gateway.opt_outs%'
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartWhileTheRefusalIsOnItsWay_TheClientGetsWhatIsWrittenNext()
    {
        var thread = await FailingThread.OpenAsync(world);
        BeforeRefusal(thread, () => WriteWordAsync(thread, "START"));

        await WriteRefusedAsync(thread);

        await AssertReachedAsync(thread);
        var told = await world.TextsAsync(thread.Sitter.RealNumber, 3);
        Assert.Contains(told, text => text.Body!.Contains("was not delivered", StringComparison.Ordinal));
        Assert.DoesNotContain(
            world.Events.Kept<OptOutChanged>(), change => change.SitterId == thread.Sitter.SitterId && change.OptedOut);
    }

    [Fact]
    public async Task StartBeforeTheTextWasHandedOver_TheRefusalIsOfNow()
    {
        var thread = await FailingThread.OpenAsync(world);
        await WriteWordAsync(thread, "START");
        await world.ExecuteAsync(
            "INSERT INTO gateway.opt_outs (our_number, number, organisation_id, opted_in_at) VALUES ($1, $2, $3, now())",
            thread.Pool.Number.Reveal(),
            thread.Sitter.RealNumber.Reveal(),
            thread.Business.Organisation.Value);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        BeforeRefusal(thread, () => Task.CompletedTask);

        await WriteRefusedAsync(thread);

        await AssertOptedOutAsync(thread);
        Assert.Contains(
            await world.TextsAsync(thread.Sitter.RealNumber, 3),
            text => text.Body!.Contains("was not delivered", StringComparison.Ordinal));
        await world.Events.WaitForAsync<OptOutChanged>(
            change => change.SitterId == thread.Sitter.SitterId && change.OptedOut, Token);
    }

    [Fact]
    public async Task StartAndThenStopWhileTheRefusalIsOnItsWay_TheStopHolds()
    {
        var thread = await FailingThread.OpenAsync(world);
        BeforeRefusal(thread, async () =>
        {
            await WriteWordAsync(thread, "START");
            await WriteWordAsync(thread, "STOP");
        });

        await WriteRefusedAsync(thread);

        await AssertOptedOutAsync(thread);
    }

    [Fact]
    public async Task RefusalThatIsRecordedWhileTheStartIsBeingRouted_WaitsForItAndDoesNotMute()
    {
        var thread = await FailingThread.OpenAsync(world);
        await using var router = await world.Database.OpenConnectionAsync(Token);
        NpgsqlTransaction? routing = null;
        BeforeRefusal(thread, async () =>
        {
            // The router has written the opt-in by then, and stops at the text itself, which it writes last.
            await using var gate = await world.Database.OpenConnectionAsync(Token);
            await using var closed = await gate.BeginTransactionAsync(Token);
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            await ExecuteAsync(
                gate,
                "SELECT pg_advisory_xact_lock(hashtextextended($1 || '|' || $2, 0))",
                thread.Sitter.ReservedNumber!.Reveal(),
                thread.Client.Numbers[0].Reveal());
            var start = await world.TextAsync(thread.Client.Numbers[0], thread.Sitter.ReservedNumber!, "START");
            routing = await router.BeginTransactionAsync(Token);
            await ExecuteAsync(router, "SELECT 1 FROM gateway.inbound WHERE provider_sid = $1 FOR UPDATE", start.Sid);
            await closed.CommitAsync(Token);
            await WaitingAsync("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND wait_event_type = 'Lock' AND query LIKE '%UPDATE gateway.inbound%'");
        });

        await world.TextAsync(thread.Sitter.RealNumber, thread.Pool.Number, "Are you there?");
        await WaitingAsync(WaitsForOptOut);
        await routing!.CommitAsync(Token);

        await world.OutboundAsync(thread.Client.Numbers[0], OutboundState.Failed);
        await AssertReachedAsync(thread);
    }

    [Fact]
    public async Task StartThatIsRoutedWhileTheRefusalIsBeingRecorded_WaitsForItAndEndsTheMute()
    {
        var thread = await FailingThread.OpenAsync(world);
        await using var brake = await world.Database.OpenConnectionAsync(Token);
        await using var transaction = await brake.BeginTransactionAsync(Token);
        BeforeRefusal(thread, () => ExecuteAsync(
            brake,
            """
            INSERT INTO gateway.outbound (id, organisation_id, inbound_id, part, direction, from_number, to_number, body,
                media, due_at, created_at)
            SELECT gen_random_uuid(), organisation_id, inbound_id, 100, 2, from_number, to_number, '', '{}', due_at, created_at
            FROM gateway.outbound WHERE to_number = $1
            """,
            thread.Client.Numbers[0].Reveal()));

        // The refusal has been written by then, and stops at the notice to the author, of which there can be one only.
        await world.TextAsync(thread.Sitter.RealNumber, thread.Pool.Number, "Are you there?");
        await WaitingAsync("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND wait_event_type = 'Lock' AND query LIKE '%INTO gateway.outbound%'");
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        var start = await world.TextAsync(thread.Client.Numbers[0], thread.Sitter.ReservedNumber!, "START");
        await WaitingAsync(WaitsForOptOut);
        await transaction.RollbackAsync(Token);

        await world.DecisionAsync(start);
        await AssertReachedAsync(thread);
    }

    private void BeforeRefusal(FailingThread thread, Func<Task> act)
    {
        var to = thread.Client.Numbers[0].Reveal();
        world.Twilio.Next(to, Misfortune.Refused(21610));
        world.Twilio.BeforeAnswer(to, act);
    }

    private async Task WriteWordAsync(FailingThread thread, string word)
    {
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.DecisionAsync(await world.TextAsync(thread.Client.Numbers[0], thread.Sitter.ReservedNumber!, word));
    }

    private async Task WriteRefusedAsync(FailingThread thread)
    {
        await world.TextAsync(thread.Sitter.RealNumber, thread.Pool.Number, "Are you there?");
        await world.OutboundAsync(thread.Client.Numbers[0], OutboundState.Failed);
    }

    private async Task AssertReachedAsync(FailingThread thread)
    {
        var next = await world.DecisionAsync(await world.TextAsync(thread.Sitter.RealNumber, thread.Pool.Number, "Welcome back"));

        Assert.Equal((InboundState.Relayed, null), (next.State, next.Reason));
        await world.Events.WaitForAsync<MessageSent>(sent => sent.InboundMessageId == next.Id, Token);
        Assert.Equal("Welcome back", Assert.Single(await world.TextsAsync(thread.Client.Numbers[0])).Body);
    }

    private async Task AssertOptedOutAsync(FailingThread thread)
    {
        var next = await world.DecisionAsync(await world.TextAsync(thread.Sitter.RealNumber, thread.Pool.Number, "Hello?"));

        Assert.Equal((InboundState.NotRelayed, "opted-out"), (next.State, next.Reason));
        Assert.Empty(world.Twilio.AcceptedFor(thread.Client.Numbers[0].Reveal()));
    }

    private Task WaitingAsync(string waits) => Eventually.TrueAsync(
        async () => await world.ScalarAsync<long>(waits) > 0, "a transaction at a lock", Token);

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, params string[] values)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        foreach (var value in values)
        {
            command.Parameters.AddWithValue(value);
        }

        await command.ExecuteNonQueryAsync(Token);
    }
}
