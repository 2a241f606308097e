using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.ProxyGateway.Tests.World;
using PhoneMasking.TestServers;
using PhoneMasking.Twilio;

namespace PhoneMasking.ProxyGateway.Tests.Sending;

/// <summary>Twilio asks to wait while an instance holds many texts that it has taken already.</summary>
public sealed class ProviderPauseTests : IAsyncLifetime
{
    private const int Texts = 40;
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(3);

    private readonly CancellationToken _token = TestContext.Current.CancellationToken;
    private readonly FakeClock _machine = new();
    private GatewayTables _tables = null!;
    private FakeTwilio _twilio = null!;
    private SendingInstance _instance = null!;

    public async ValueTask InitializeAsync()
    {
        _tables = await GatewayTables.CreateAsync();
        _twilio = new FakeTwilio(_machine);
        _instance = new SendingInstance(_tables.Database, _machine, _twilio);
        await using var fill = _tables.Database.CreateCommand(
            """
            INSERT INTO gateway.outbound
                (id, organisation_id, part, direction, from_number, to_number, body, media, due_at, created_at)
            SELECT gen_random_uuid(), gen_random_uuid(), 0, 0, '+13035550151', receiver, 'Hello', '{}', $1, $1
            FROM unnest($2) AS receiver
            """);
        fill.Parameters.AddWithValue(_machine.GetUtcNow());
        fill.Parameters.AddWithValue(Enumerable.Range(0, Texts).Select(_ => FictionNumbers.Next().Reveal()).ToArray());
        await fill.ExecuteNonQueryAsync(_token);
    }

    public ValueTask DisposeAsync() => _tables.DisposeAsync();

    [Fact]
    public async Task RateLimited_WhatWasTakenAlreadyWaitsAsWellAndCallsAgainWhenTheTimeIsOver()
    {
        var texts = await _instance.TakeAsync(_token, Texts);
        Assert.Equal(Texts, texts.Count);
        _twilio.Next(texts[0].To.Reveal(), Misfortune.RateLimited(Wait));

        await _instance.SendAsync(texts[0], _token);
        _machine.Advance(TimeSpan.FromSeconds(1));
        var waiting = await Task.WhenAll(texts.Skip(1).Select(text => _instance.SendAsync(text, _token)));

        Assert.Equal(1, Calls(texts));
        Assert.All(
            waiting,
            attempt => Assert.Equal(
                (OutboundState.Pending, _machine.GetUtcNow() + Wait - TimeSpan.FromSeconds(1), null),
                (attempt!.State, attempt.DueAt, attempt.Reason)));
        _machine.Advance(Wait - TimeSpan.FromSeconds(1));
        Assert.Equal(OutboundState.Sent, (await _instance.SendAsync(texts[1], _token))!.State);
    }

    [Fact]
    public async Task RateLimited_WhatMayExistIsNotLookedUpEither()
    {
        var texts = await _instance.TakeAsync(_token, Texts);
        _twilio.Next(texts[0].To.Reveal(), Misfortune.RateLimited(Wait));
        await _instance.SendAsync(texts[0], _token);

        var attempt = await _instance.SendAsync(texts[1] with { MayExist = true }, _token);

        Assert.Equal((OutboundState.Unknown, _machine.GetUtcNow() + Wait, 0), (attempt!.State, attempt.DueAt, _twilio.Lists));
    }

    [Fact]
    public async Task RateLimitedWhenATextIsLookedUp_NoOtherCallsBeforeTheTimeThatTwilioNames()
    {
        var texts = await _instance.TakeAsync(_token, Texts);
        _twilio.AfterList(texts[0].To.Reveal(), () => throw new TwilioApiException(
            "listing messages", "", new TwilioError(429, 20429, null, null), Wait, null));
        var first = await _instance.SendAsync(texts[0] with { MayExist = true }, _token);

        var second = await _instance.SendAsync(texts[1], _token);

        Assert.Equal((OutboundState.Unknown, OutboundState.Pending), (first!.State, second!.State));
        Assert.True(first.DueAt >= _machine.GetUtcNow() + Wait);
        Assert.Equal(0, Calls(texts));
        Assert.Empty(await _instance.TakeAsync(_token, Texts));
    }

    private int Calls(IEnumerable<ClaimedText> texts) => texts.Sum(text => _twilio.CallsTo(text.To.Reveal()).Count);
}
