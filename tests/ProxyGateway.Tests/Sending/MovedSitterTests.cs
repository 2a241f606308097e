using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.ProxyGateway.Tests.World;

namespace PhoneMasking.ProxyGateway.Tests.Sending;

/// <summary>A client's text waits for Twilio, and meanwhile the sitter gets another phone or is removed.</summary>
[Collection(GatewayGroup.Name)]
public sealed class MovedSitterTests(GatewayWorld world)
{
    private readonly E164Number _phone = FictionNumbers.Next();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnotherPhone_WhatWaitsGoesThereInOrder()
    {
        var thread = await FailingThread.OpenAsync(world);
        world.Twilio.Next(Former(thread), Misfortune.NotSent());
        await WriteAsync(thread, "One");
        await TriedAsync(thread, OutboundState.Pending);
        await WriteAsync(thread, "Two");

        await MoveAsync(thread);
        await WriteAsync(thread, "Three");

        await SentAsync(_phone, 3);
        Assert.Equal(
            ["[Maria Lopez]: One", "[Maria Lopez]: Two", "[Maria Lopez]: Three"],
            world.Twilio.AcceptedFor(_phone.Reveal()).Select(text => text.Body));
        Assert.Equal(["[Maria Lopez]: Hello"], world.Twilio.AcceptedFor(Former(thread)).Select(text => text.Body));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnotherPhone_WhileACallIsUnderWayThatFails_TheNextTryGoesThere(bool isUnknown)
    {
        var thread = await FailingThread.OpenAsync(world);
        world.Twilio.Next(Former(thread), isUnknown ? Misfortune.Lost() : Misfortune.NotSent());
        world.Twilio.BeforeAnswer(Former(thread), () => MoveAsync(thread));

        await WriteAsync(thread, "One");

        await SentAsync(_phone, 1);
        Assert.Equal("[Maria Lopez]: One", Assert.Single(world.Twilio.AcceptedFor(_phone.Reveal())).Body);
        Assert.Single(world.Twilio.AcceptedFor(Former(thread)));
        Assert.Equal(2, world.Twilio.CallsTo(Former(thread)).Count);
    }

    [Fact]
    public async Task AnotherPhone_WhenTwilioMayHaveTheText_ItIsLookedUpAndNotSentThereOnceMore()
    {
        var thread = await FailingThread.OpenAsync(world);
        world.Twilio.Next(Former(thread), Misfortune.AcceptedButUnknown());
        await WriteAsync(thread, "One");
        await TriedAsync(thread, OutboundState.Unknown);

        await MoveAsync(thread);

        await world.PassTimeUntilAsync(
            async () => await CountAsync(thread, OutboundState.Sent) == 2, "the text to be found at Twilio");
        Assert.Equal(2, world.Twilio.AcceptedFor(Former(thread)).Count);
        Assert.Empty(world.Twilio.CallsTo(_phone.Reveal()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Removed_WhatWaitsFailsVisiblyAndReachesNobody(bool isUnknown)
    {
        var thread = await FailingThread.OpenAsync(world);
        world.Twilio.Next(Former(thread), isUnknown ? Misfortune.Lost() : Misfortune.NotSent());
        await WriteAsync(thread, "One");
        await TriedAsync(thread, isUnknown ? OutboundState.Unknown : OutboundState.Pending);

        await thread.Business.SaveAsync(
            thread.Sitter with { Active = false, ReservedNumberId = null, ReservedNumber = null, Version = 2 });

        await world.PassTimeUntilAsync(
            async () => await CountAsync(thread, OutboundState.Failed) == 1, "the text to fail");
        var failed = await world.Events.WaitForAsync<MessageFailed>(failed => failed.SitterId == thread.Sitter.SitterId, Token);
        Assert.Equal("sitter-removed", failed.Reason);
        Assert.Single(world.Twilio.AcceptedFor(Former(thread)));
        Assert.Equal(2, world.Twilio.CallsTo(Former(thread)).Count);
    }

    [Fact]
    public async Task Removed_WhatTwilioHasIsSent()
    {
        var thread = await FailingThread.OpenAsync(world);
        world.Twilio.Next(Former(thread), Misfortune.AcceptedButUnknown());
        await WriteAsync(thread, "One");
        await TriedAsync(thread, OutboundState.Unknown);

        await thread.Business.SaveAsync(
            thread.Sitter with { Active = false, ReservedNumberId = null, ReservedNumber = null, Version = 2 });

        await world.PassTimeUntilAsync(
            async () => await CountAsync(thread, OutboundState.Sent) == 2, "the text to be found at Twilio");
    }

    private static string Former(FailingThread thread) => thread.Sitter.RealNumber.Reveal();

    private Task MoveAsync(FailingThread thread) =>
        thread.Business.SaveAsync(thread.Sitter with { RealNumber = _phone, Version = 2 });

    private async Task WriteAsync(FailingThread thread, string body) => await world.DecisionAsync(
        await world.TextAsync(thread.Client.Numbers[0], thread.Sitter.ReservedNumber!, body));

    private Task TriedAsync(FailingThread thread, OutboundState state) => TestServers.Eventually.TrueAsync(
        async () => await world.ScalarAsync<long>(
            "SELECT count(*) FROM gateway.outbound WHERE to_number = $1 AND state = $2 AND attempts = 1",
            Former(thread),
            (short)state) == 1,
        "a try that went wrong",
        Token);

    private Task SentAsync(E164Number phone, int count) => world.PassTimeUntilAsync(
        () => Task.FromResult(world.Twilio.AcceptedFor(phone.Reveal()).Count >= count), $"{count} texts");

    private Task<long> CountAsync(FailingThread thread, OutboundState state) => world.ScalarAsync<long>(
        "SELECT count(*) FROM gateway.outbound WHERE sitter_id = $1 AND state = $2", thread.Sitter.SitterId.Value, (short)state);
}
