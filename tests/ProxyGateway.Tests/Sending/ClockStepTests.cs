using Npgsql;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.ProxyGateway.Tests.World;
using PhoneMasking.ServiceDefaults.Clock;
using PhoneMasking.TestServers;

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
    private SendingInstance _first = null!;
    private SendingInstance _second = null!;

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
        _first = new SendingInstance(_database, _machine, _twilio);
        _second = new SendingInstance(_database, _machine, _twilio);
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
}
