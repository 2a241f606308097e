using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.ProxyGateway.Tests.World;
using PhoneMasking.Twilio;

namespace PhoneMasking.ProxyGateway.Tests.Sending;

/// <summary>Twilio takes no text of the account: the auth token was rotated, or the account is suspended.</summary>
[Collection(GatewayGroup.Name)]
public sealed class BlockedAccountTests(GatewayWorld world)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(20003, 401, "20003")]
    [InlineData(null, 403, "http-403")]
    public async Task AccountRefused_TextsWaitInOrderAndTheOwnerHearsOfIt(int? code, int status, string reason)
    {
        var (sitter, client) = await ThreadAsync();
        var refused = Misfortune.AccountRefused(code, status);
        world.Twilio.Next(sitter.RealNumber.Reveal(), refused, refused, refused, refused);

        await world.TextAsync(client, sitter.ReservedNumber!, "first");
        await world.TextAsync(client, sitter.ReservedNumber!, "second");

        var blocked = await world.Events.WaitForAsync<SendingBlocked>(
            told => told.OrganisationId == sitter.OrganisationId, Token);
        Assert.Equal((code, status, reason), (blocked.ErrorCode, blocked.HttpStatus, blocked.Reason));
        await PassTimeUntilSentAsync(sitter, 2);
        Assert.Equal(
            ["first", "second"],
            world.Twilio.AcceptedFor(sitter.RealNumber.Reveal()).Select(text => text.Body!.Split(' ')[^1]));
        Assert.Equal(6, world.Twilio.CallsTo(sitter.RealNumber.Reveal()).Count);
        Assert.DoesNotContain(world.Events.Kept<MessageFailed>(), failed => failed.SitterId == sitter.SitterId);

        // Not for each try: once for each of the two instances.
        Assert.InRange(world.Events.Kept<SendingBlocked>().Count(told => told.OrganisationId == sitter.OrganisationId), 1, 2);
    }

    [Fact]
    public async Task AccountRefusedWhenATextIsLookedUp_TheOwnerHearsOfItAndTheTextIsNotSentTwice()
    {
        var (sitter, client) = await ThreadAsync();
        var to = sitter.RealNumber.Reveal();
        world.Twilio.Next(to, Misfortune.AcceptedButUnknown());
        world.Twilio.AfterList(to, () => throw new TwilioApiException(
            "listing messages", "", new TwilioError(401, 20003, null, null), null, null));

        await world.TextAsync(client, sitter.ReservedNumber!, "Hello");

        await PassTimeUntilSentAsync(sitter, 1);
        Assert.Single(world.Twilio.CallsTo(to));
        await world.Events.WaitForAsync<SendingBlocked>(told => told.OrganisationId == sitter.OrganisationId, Token);
    }

    [Fact]
    public async Task AccountRefusedForADay_TheTextIsGivenUp()
    {
        var (sitter, client) = await ThreadAsync();
        var refused = Misfortune.AccountRefused(20003);
        world.Twilio.Next(sitter.RealNumber.Reveal(), refused, refused, refused, refused);
        await world.TextAsync(client, sitter.ReservedNumber!, "Hello");
        await world.Events.WaitForAsync<SendingBlocked>(told => told.OrganisationId == sitter.OrganisationId, Token);
        await world.OutboundAsync(sitter.RealNumber, OutboundState.Pending);

        await world.ExecuteAsync(
            "UPDATE gateway.outbound SET created_at = created_at - interval '25 hours' WHERE to_number = $1", sitter.RealNumber.Reveal());

        await world.PassTimeUntilAsync(
            () => Task.FromResult(world.Events.Kept<MessageFailed>().Any(failed => failed.SitterId == sitter.SitterId)),
            "the end of its patience");
        var failed = Assert.Single(world.Events.Kept<MessageFailed>(), failed => failed.SitterId == sitter.SitterId);
        Assert.Equal(("gave-up", null), (failed.Outcome, failed.ErrorCode));
    }

    private async Task<(SitterChanged Sitter, E164Number Client)> ThreadAsync()
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        await business.PoolNumberAsync();
        return (sitter, (await business.ClientAsync()).Numbers[0]);
    }

    private Task PassTimeUntilSentAsync(SitterChanged sitter, long count) => world.PassTimeUntilAsync(
        async () => await world.ScalarAsync<long>(
            "SELECT count(*) FROM gateway.outbound WHERE to_number = $1 AND state = 3", sitter.RealNumber.Reveal()) == count,
        $"{count} sent texts");
}
