using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.TestServers;
using PhoneMasking.Twilio.Messages;

namespace PhoneMasking.ProxyGateway.Tests.Sending;

public sealed class ProviderGateTests
{
    private readonly FakeClock _clock = new();
    private readonly SendingOptions _options = new();
    private readonly ProviderGate _gate;

    public ProviderGateTests() => _gate = new ProviderGate(Options.Create(_options), _clock, NullLogger<ProviderGate>.Instance);

    [Fact]
    public async Task MostCallsFail_ShutsThenLetsOneTextTryAndOpensAgain()
    {
        Assert.Equal(512, _gate.Admits(512));
        await FailAsync(20);

        Assert.Equal(0, _gate.Admits(512));
        Assert.Null(await _gate.SendAsync(Accepted));
        _clock.Advance(_options.BreakDuration);
        Assert.Equal(1, _gate.Admits(512));
        Assert.Equal(0, _gate.Admits(511));
        Assert.IsType<SendOutcome.Accepted>(await _gate.SendAsync(Accepted));
        Assert.Equal(512, _gate.Admits(512));
    }

    [Fact]
    public async Task TheTryFails_ShutsAgain()
    {
        await FailAsync(20);
        _clock.Advance(_options.BreakDuration);
        Assert.Equal(1, _gate.Admits(512));

        await FailAsync(1);

        Assert.Equal(0, _gate.Admits(512));
        _clock.Advance(_options.BreakDuration);
        Assert.Equal(1, _gate.Admits(512));
    }

    [Fact]
    public async Task AccountRefused_ShutsSoThatNotEveryTextCalls()
    {
        for (var call = 0; call < 20; call++)
        {
            await _gate.SendAsync(() => Task.FromResult<SendOutcome>(
                new SendOutcome.AccountRefused(new(401, 20003, null, null))));
        }

        Assert.Equal(0, _gate.Admits(512));
    }

    [Fact]
    public async Task RefusalsAndRateLimits_DoNotShut()
    {
        for (var call = 0; call < 50; call++)
        {
            await _gate.SendAsync(() => Task.FromResult<SendOutcome>(new SendOutcome.Refused(new(400, 21211, null, null))));
        }

        Assert.Equal(512, _gate.Admits(512));
    }

    [Theory]
    [InlineData(1, 0.75, 1.25)]
    [InlineData(3, 3, 5)]
    [InlineData(1000, 45, 75)]
    public void BackOff_DoublesUpToItsLimitAndSpreads(int attempts, double fewest, double most)
    {
        var waits = Enumerable.Range(0, 200).Select(_ => BackOff.After(attempts, _options).TotalSeconds).ToList();

        Assert.All(waits, wait => Assert.InRange(wait, fewest, most));
        Assert.True(waits.Distinct().Count() > 1);
    }

    private async Task FailAsync(int calls)
    {
        for (var call = 0; call < calls; call++)
        {
            await _gate.SendAsync(() => Task.FromResult<SendOutcome>(new SendOutcome.Unknown("HTTP 500")));
        }
    }

    private static Task<SendOutcome> Accepted() =>
        Task.FromResult<SendOutcome>(new SendOutcome.Accepted(new TwilioMessage { Sid = "SM1" }));
}
