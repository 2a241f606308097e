using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.ProxyGateway.Tests.World;
using PhoneMasking.ServiceDefaults.Clock;
using PhoneMasking.ServiceDefaults.Telemetry;
using PhoneMasking.TestServers;
using PhoneMasking.Twilio;
using PhoneMasking.Twilio.Accounts;

namespace PhoneMasking.ProxyGateway.Tests.Sending;

/// <summary>
/// The database's clock is set while an instance hands a text to Twilio, which has not listed it yet: another instance must
/// not take the lease for one that has ended.
/// </summary>
public sealed class ClockStepTests : IAsyncLifetime
{
    private const string From = "+13035550151";
    private const string To = "+13035550111";

    // What the services ask for the time, and the test sets.
    private const string SettableTime = """
        CREATE SCHEMA settable;
        CREATE TABLE settable.clock (time timestamptz NOT NULL);
        CREATE FUNCTION settable.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS 'SELECT time FROM settable.clock';
        """;

    private static readonly TimeSpan Lease = new SendingOptions().Lease;

    // Until every instance must have read the new time, and a lease more.
    private static readonly TimeSpan Hold = Lease + (2 * DatabaseClock.ReadingInterval);

    private readonly CancellationToken _token = TestContext.Current.CancellationToken;
    private readonly FakeClock _machine = new();
    private readonly TaskCompletionSource _calling = new();
    private readonly TaskCompletionSource _answer = new();
    private readonly Guid _text = Guid.CreateVersion7();
    private FakeTwilio _twilio = null!;
    private GatewayTables _tables = null!;
    private NpgsqlDataSource _database = null!;
    private Instance _first = null!;
    private Instance _second = null!;

    public async ValueTask InitializeAsync()
    {
        _tables = await GatewayTables.CreateAsync();
        await _tables.ExecuteAsync(SettableTime);
        _database = NpgsqlDataSource.Create(_tables.ConnectionString + ";Search Path=settable,pg_catalog");
        await ExecuteAsync("INSERT INTO settable.clock VALUES ($1)", _machine.GetUtcNow());
        await ExecuteAsync(
            """
            INSERT INTO gateway.outbound
                (id, organisation_id, part, direction, from_number, to_number, body, media, due_at, created_at)
            VALUES ($1, $1, 0, 0, $2, $3, 'Hello', '{}', $4, $4)
            """,
            _text,
            From,
            To,
            _machine.GetUtcNow() - TimeSpan.FromHours(2));
        _twilio = new FakeTwilio(_machine);
        _twilio.Next(To, Misfortune.Lost());
        _twilio.BeforeAnswer(To, async () =>
        {
            _calling.SetResult();
            await _answer.Task;
        });
        _first = new Instance(_database, _machine, _twilio);
        _second = new Instance(_database, _machine, _twilio);
        await _first.ReadTimeAsync(_token);
        await _second.ReadTimeAsync(_token);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await _tables.DisposeAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    public async Task SetForward_NoInstanceTakesOverWhatMayBeUnderWay(int secondsUntilTheTextIsTaken)
    {
        var sending = secondsUntilTheTextIsTaken == 0 ? await StartSendingAsync() : null;
        await SetTimeAsync(TimeSpan.FromHours(1));
        await _second.ReadTimeAsync(_token);

        // The first instance has not heard of it yet, and takes the text in the former time.
        await PassAsync(TimeSpan.FromSeconds(secondsUntilTheTextIsTaken));
        sending ??= await StartSendingAsync();
        await PassAsync(Lease - TimeSpan.FromSeconds(1));
        Assert.Empty(await _second.TakeAsync(_token));

        await EndCallAsync(sending);
        await PassAsync(Hold);
        var found = await _second.SendAsync(Assert.Single(await _second.TakeAsync(_token)), _token);
        Assert.Equal(OutboundState.Sent, found?.State);
        Assert.Single(_twilio.CallsTo(To));
    }

    [Fact]
    public async Task SetBack_AnInstanceThatHasNotHeardOfItDoesNotSendWhatItTookOver()
    {
        await SetTimeAsync(-TimeSpan.FromMinutes(1));
        await _first.ReadTimeAsync(_token);
        var sending = await StartSendingAsync();
        await PassAsync(TimeSpan.FromSeconds(1));

        var early = await _second.SendAsync(Assert.Single(await _second.TakeAsync(_token)), _token);

        Assert.Equal(OutboundState.Unknown, early?.State);
        Assert.Equal(_first.Now + Hold, early?.DueAt);
        await ExecuteAsync("UPDATE gateway.outbound SET state = 2, due_at = $2 WHERE id = $1", _text, early!.DueAt);
        await EndCallAsync(sending);
        await PassAsync(Hold);
        var found = await _second.SendAsync(Assert.Single(await _second.TakeAsync(_token)), _token);
        Assert.Equal(OutboundState.Sent, found?.State);
        Assert.Single(_twilio.CallsTo(To));
    }

    [Fact]
    public async Task SetForward_WhatNeverLeftIsSentAtOnce()
    {
        await SetTimeAsync(TimeSpan.FromHours(1));
        await _second.ReadTimeAsync(_token);

        Assert.Single(await _second.TakeAsync(_token));
    }

    private async Task<Task<Attempt?>> StartSendingAsync()
    {
        var sending = _first.SendAsync(Assert.Single(await _first.TakeAsync(_token)), _token);
        await _calling.Task.WaitAsync(_token);
        return sending;
    }

    private async Task EndCallAsync(Task<Attempt?> sending)
    {
        _twilio.AddAccepted(From, To, "Hello");
        _answer.SetResult();
        await sending;
    }

    private Task SetTimeAsync(TimeSpan step) => ExecuteAsync("UPDATE settable.clock SET time = time + $1", step);

    private async Task PassAsync(TimeSpan time)
    {
        _machine.Advance(time);
        await SetTimeAsync(time);
    }

    private async Task ExecuteAsync(string statement, params object[] values)
    {
        await using var command = _database.CreateCommand(statement);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync(_token);
    }

    /// <summary>What an instance of the gateway sends with, without its timers.</summary>
    private sealed class Instance
    {
        private readonly NpgsqlDataSource _database;
        private readonly DatabaseClock _clock;
        private readonly OutboundClaims _claims;
        private readonly TextSender _sender;

        public Instance(NpgsqlDataSource database, TimeProvider machine, ITwilioApi twilio)
        {
            _database = database;
            _clock = new DatabaseClock(machine);
            var options = Options.Create(new SendingOptions());
            var account = new TwilioAccount($"AC{1:x32}", "token", new Uri("http://127.0.0.1:9"));
            var steps = new ClockSteps(_clock, options);
            _claims = new OutboundClaims(
                database,
                options,
                account,
                new UnreadableTexts(database, new(), new(), _clock, NullLogger<UnreadableTexts>.Instance),
                steps,
                _clock);
            _sender = new TextSender(
                twilio,
                account,
                new ProviderGate(options, _clock, NullLogger<ProviderGate>.Instance),
                _claims,
                new MovedReceivers(database, new(), _clock),
                new Standings(database, _clock),
                steps,
                new BlockedAccount(database, new(), _clock, NullLogger<BlockedAccount>.Instance),
                Options.Create(new TwilioSettings { PublicBaseUrl = new Uri(GatewayHost.PublicBaseUrl) }),
                options,
                Options.Create(new TwilioApiOptions()),
                new ServiceTelemetry("test"),
                _clock,
                NullLogger<TextSender>.Instance);
        }

        public DateTimeOffset Now => _clock.GetUtcNow();

        public async Task ReadTimeAsync(CancellationToken cancellationToken)
        {
            var asked = _clock.GetTimestamp();
            await using var command = _database.CreateCommand("SELECT clock_timestamp()");
            _clock.Take(new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(cancellationToken))!), asked);
        }

        public Task<List<ClaimedText>> TakeAsync(CancellationToken cancellationToken) =>
            _claims.TakeAsync(10, cancellationToken);

        public Task<Attempt?> SendAsync(ClaimedText text, CancellationToken cancellationToken) =>
            _sender.SendAsync(text, cancellationToken);
    }
}
