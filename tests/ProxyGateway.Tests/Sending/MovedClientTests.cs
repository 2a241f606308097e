using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.ProxyGateway.Tests.World;

namespace PhoneMasking.ProxyGateway.Tests.Sending;

/// <summary>A sitter's text waits for Twilio, and meanwhile the client gets another phone, and the former one another owner.</summary>
[Collection(GatewayGroup.Name)]
public sealed class MovedClientTests(GatewayWorld world)
{
    private readonly E164Number _phone = FictionNumbers.Next();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnotherPhone_WhatWaitsGoesThereInOrder()
    {
        var thread = await FailingThread.OpenAsync(world);
        world.Twilio.Next(Former(thread), Misfortune.NotSent());
        await WriteAsync(thread, "One");
        await TriedAsync(thread);
        await WriteAsync(thread, "Two");

        await MoveAsync(thread);
        await WriteAsync(thread, "Three");

        await SentAsync(_phone, 3);
        Assert.Equal(["One", "Two", "Three"], world.Twilio.AcceptedFor(_phone.Reveal()).Select(text => text.Body));
        Assert.Empty(world.Twilio.AcceptedFor(Former(thread)));
    }

    [Fact]
    public async Task AnotherPhone_WhileACallIsUnderWayThatFails_TheNextTryGoesThere()
    {
        var thread = await FailingThread.OpenAsync(world);
        world.Twilio.Next(Former(thread), Misfortune.NotSent());
        world.Twilio.BeforeAnswer(Former(thread), () => MoveAsync(thread));

        await WriteAsync(thread, "One");

        await SentAsync(_phone, 1);
        Assert.Empty(world.Twilio.AcceptedFor(Former(thread)));
    }

    [Fact]
    public async Task FormerPhoneIsAnotherClientsNow_WhatWaitsFailsVisiblyAndReachesNobody()
    {
        var thread = await FailingThread.OpenAsync(world);
        world.Twilio.Next(Former(thread), Misfortune.NotSent());
        await WriteAsync(thread, "One");
        await TriedAsync(thread);

        await thread.Business.ClientAsync("Tom Baker", thread.Client.Numbers[0]);

        await world.PassTimeUntilAsync(
            async () => await CountAsync(thread, OutboundState.Failed) == 1, "the text to fail");
        var failed = await world.Events.WaitForAsync<MessageFailed>(failed => failed.ClientId == thread.Client.ClientId, Token);
        Assert.Equal("client-without-phone", failed.Outcome);
        Assert.Empty(world.Twilio.AcceptedFor(Former(thread)));
    }

    [Fact]
    public async Task OneOfSeveralPhones_IsKept()
    {
        var thread = await FailingThread.OpenAsync(world);
        world.Twilio.Next(Former(thread), Misfortune.NotSent());
        await WriteAsync(thread, "One");
        await TriedAsync(thread);

        await thread.Business.SaveAsync(thread.Client with { Numbers = [_phone, thread.Client.Numbers[0]], Version = 2 });

        await SentAsync(thread.Client.Numbers[0], 1);
        Assert.Empty(world.Twilio.CallsTo(_phone.Reveal()));
    }

    private static string Former(FailingThread thread) => thread.Client.Numbers[0].Reveal();

    private Task MoveAsync(FailingThread thread) =>
        thread.Business.SaveAsync(thread.Client with { Numbers = [_phone], Version = 2 });

    private async Task WriteAsync(FailingThread thread, string body) =>
        await world.DecisionAsync(await world.TextAsync(thread.Sitter.RealNumber, thread.Pool.Number, body));

    private Task TriedAsync(FailingThread thread) => TestServers.Eventually.TrueAsync(
        async () => await CountAsync(thread, OutboundState.Pending, attempts: 1) == 1, "a try that went wrong", Token);

    private async Task<long> CountAsync(FailingThread thread, OutboundState state, int attempts = 0) =>
        await world.ScalarAsync<long>(
            "SELECT count(*) FROM gateway.outbound WHERE client_id = $1 AND direction = 1 AND state = $2 AND attempts >= $3",
            thread.Client.ClientId.Value,
            (short)state,
            attempts);

    private Task SentAsync(E164Number phone, int count) => world.PassTimeUntilAsync(
        () => Task.FromResult(world.Twilio.AcceptedFor(phone.Reveal()).Count >= count), $"{count} texts");
}
