using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.TestServers;

namespace PhoneMasking.AlertService.Tests.Failures;

/// <summary>A retry that does not go out: whoever wrote the text must not believe that it arrived.</summary>
public sealed class DroppedRetryTests(FailureWorld world) : IClassFixture<FailureWorld>
{
    [Theory]
    [InlineData("session-ended")]
    [InlineData("number-changed")]
    [InlineData("opted-out")]
    [InlineData("too-late")]
    [InlineData("unknown-text")]
    [InlineData("a-reason-of-the-future")]
    public async Task TextIsLost_IsToldToTheSitterOnce(string reason)
    {
        await using var instance = new FailureInstance(world, new FakeClock());
        var business = new Business(instance);
        var text = await business.FailAsync(30003);
        var dropped = await DropOfAsync(business, text, reason);

        await Task.WhenAll(instance.DropAsync(dropped), instance.DropAsync(dropped));
        await instance.DropAsync(dropped);

        var alert = Assert.Single(await business.AlertsAsync());
        var failure = await business.RecordAsync(text);
        Assert.Equal((text, failure.AlertId), (alert.FailedMessageId, alert.AlertId));
        Assert.Equal((true, FailureAlert.Sitter), (failure.IsPermanent, failure.Alert));
        var retry = (await business.RetryAsync(text))!;
        Assert.Equal((RetryState.Dropped, reason), (retry.State, retry.Reason));
    }

    [Theory]
    [InlineData("delivered")]
    [InlineData("sent-again")]
    public async Task TextIsNotLost_IsToldToNobody(string reason)
    {
        await using var instance = new FailureInstance(world, new FakeClock());
        var business = new Business(instance);
        var text = await business.FailAsync(30003);

        await instance.DropAsync(await DropOfAsync(business, text, reason));

        await AssertToldToNobodyAsync(business, text);
        Assert.Equal(reason, (await business.RetryAsync(text))!.Reason);
    }

    [Fact]
    public async Task TextArrivedAfterAll_IsToldToNobody()
    {
        await using var instance = new FailureInstance(world, new FakeClock());
        var business = new Business(instance);
        var text = await business.FailAsync(30003);
        var dropped = await DropOfAsync(business, text, "session-ended");
        await instance.ArriveAsync(business.Delivery(text));

        await instance.DropAsync(dropped);

        await AssertToldToNobodyAsync(business, text);
    }

    [Fact]
    public async Task SittersPhoneWasNotReached_IsToldToTheOwner()
    {
        await using var instance = new FailureInstance(world, new FakeClock());
        var business = new Business(instance);
        var text = await business.FailAsync(30003, direction: MessageDirection.ClientToSitter);

        await instance.DropAsync(await DropOfAsync(business, text, "session-ended"));

        Assert.Equal(["sitter-unreachable"], await business.EmailsAsync());
        Assert.Equal(FailureAlert.Owner, (await business.RecordAsync(text)).Alert);
        Assert.Empty(await business.AlertsAsync());
    }

    [Fact]
    public async Task AccountIsSuspended_WhatTheOwnerWasToldAtOnceIsNotToldAgain()
    {
        await using var instance = new FailureInstance(world, new FakeClock());
        var business = new Business(instance);
        var text = await business.FailAsync(30002);

        await instance.DropAsync(await DropOfAsync(business, text, "too-late"));

        Assert.Equal(["account-blocked"], await business.EmailsAsync());
        var failure = await business.RecordAsync(text);
        Assert.Equal((true, FailureAlert.Owner), (failure.IsPermanent, failure.Alert));
    }

    [Fact]
    public async Task LostTexts_HaveTheLimitsOfOthersAndCountForTheSummary()
    {
        await using var instance = new FailureInstance(world, new FakeClock(), ("Failures:SystemicThreshold", "1"));
        var business = new Business(instance);
        MessageId[] texts = [await business.FailAsync(30003), await business.FailAsync(30003)];

        foreach (var text in texts)
        {
            await instance.DropAsync(await DropOfAsync(business, text, "session-ended"));
        }

        Assert.Single(await business.AlertsAsync());
        Assert.Equal(FailureAlert.Limited, (await business.RecordAsync(texts[1])).Alert);
        Assert.Equal(["systemic-failures"], await business.EmailsAsync());
    }

    [Fact]
    public async Task FailureIsForgottenByNow_NothingHappens()
    {
        await using var instance = new FailureInstance(world, new FakeClock());
        var business = new Business(instance);
        var text = await business.FailAsync(30003);
        await instance.WithDatabaseAsync(db => db.Failures
            .Where(failure => failure.MessageId == text)
            .ExecuteDeleteAsync(TestContext.Current.CancellationToken));

        await instance.DropAsync(await DropOfAsync(business, text, "session-ended"));

        Assert.Equal(RetryState.Dropped, (await business.RetryAsync(text))!.State);
        Assert.Empty(await business.AlertsAsync());
    }

    [Fact]
    public async Task Command_SaysUntilWhenItMayBeCarriedOut()
    {
        var clock = new FakeClock();
        await using var instance = new FailureInstance(world, clock, ("Failures:RetryNotAfter", "06:00:00"));
        var business = new Business(instance);
        var due = clock.GetUtcNow() + TimeSpan.FromMinutes(10);
        await business.FailAsync(30003);

        // The service was down for days: what is due is ordered, and the gateway finds that it is too late.
        clock.Advance(TimeSpan.FromDays(3));
        await instance.OrderDueAsync();

        var retry = Assert.Single(Assert.Single(await business.CommandsAsync()).Retries);
        Assert.Equal(due + TimeSpan.FromHours(6), retry.NotAfter);
    }

    private static async Task AssertToldToNobodyAsync(Business business, MessageId text)
    {
        var failure = await business.RecordAsync(text);
        Assert.Equal((false, FailureAlert.None), (failure.IsPermanent, failure.Alert));
        Assert.Empty(await business.AlertsAsync());
        Assert.Empty(await business.EmailsAsync());
    }

    private static async Task<MessageRetryDropped> DropOfAsync(Business business, MessageId text, string reason) => new(
        business.Organisation,
        text,
        (await business.RetryAsync(text))!.RetryId,
        SessionId: null,
        business.Sitter,
        business.Client,
        reason,
        TimeProvider.System.GetUtcNow());
}
