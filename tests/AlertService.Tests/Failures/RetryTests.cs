using PhoneMasking.Contracts;
using PhoneMasking.TestServers;

namespace PhoneMasking.AlertService.Tests.Failures;

/// <summary>A temporary failure is retried once, ten minutes later, in the order of the conversation.</summary>
public sealed class RetryTests(FailureWorld world) : IClassFixture<FailureWorld>
{
    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task TemporaryFailure_AfterExactlyTenMinutes_IsSentOnceMore()
    {
        await using var instance = new FailureInstance(world, new FakeClock());
        var business = new Business(instance);
        var text = await business.FailAsync(30003);

        instance.Clock.Advance(Delay - TimeSpan.FromMilliseconds(1));
        await instance.OrderDueAsync();
        Assert.Empty(await business.OrderedAsync());
        instance.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await instance.OrderDueAsync();
        await instance.OrderDueAsync();

        Assert.Equal(text, Assert.Single(Assert.Single(await business.OrderedAsync())));
        Assert.Equal(RetryState.Ordered, (await business.RetryAsync(text))!.State);
        Assert.Empty(await business.AlertsAsync());
    }

    [Fact]
    public async Task RetryThatFails_WhateverItsCode_IsPermanentAndHasNoRetryOfItsOwn()
    {
        await using var instance = new FailureInstance(world, new FakeClock());
        var business = new Business(instance);
        var text = await business.FailAsync(30003);
        instance.Clock.Advance(Delay);
        await instance.OrderDueAsync();
        var retry = (await business.RetryAsync(text))!.RetryId;

        await instance.FailAsync(business.Failure(30003, id: retry));
        instance.Clock.Advance(Delay);
        await instance.OrderDueAsync();

        Assert.Single(await business.OrderedAsync());
        Assert.Equal(RetryState.Failed, (await business.RetryAsync(text))!.State);
        var failure = await business.RecordAsync(retry);
        Assert.Equal((true, FailureAlert.Sitter, text), (failure.IsPermanent, failure.Alert, failure.RetryOf));
        Assert.Equal(retry, Assert.Single(await business.AlertsAsync()).FailedMessageId);
        Assert.False((await business.RecordAsync(text)).IsPermanent);
    }

    [Theory]
    [InlineData(30007, "undelivered", MessageDirection.SitterToClient)]
    [InlineData(30003, "gave-up", MessageDirection.SitterToClient)]
    [InlineData(null, "refused", MessageDirection.SitterToClient)]
    [InlineData(21610, "refused", MessageDirection.ClientToSitter)]
    [InlineData(30003, "undelivered", MessageDirection.Notice)]
    [InlineData(30003, "undelivered", MessageDirection.Verification)]
    public async Task Failure_ThatDoesNotPassOrIsNotWorthIt_IsNotRetried(int? code, string outcome, MessageDirection direction)
    {
        await using var instance = new FailureInstance(world, new FakeClock());
        var business = new Business(instance);

        var text = await business.FailAsync(code, outcome, direction);

        Assert.Null(await business.RetryAsync(text));
    }

    [Fact]
    public async Task TextThatArrivesAfterAll_BeforeItsRetryIsDue_IsNotSentAgain()
    {
        await using var instance = new FailureInstance(world, new FakeClock());
        var business = new Business(instance);
        var text = await business.FailAsync(30003);

        await instance.ArriveAsync(business.Delivery(text));
        instance.Clock.Advance(Delay);
        await instance.OrderDueAsync();

        Assert.Empty(await business.OrderedAsync());
        var retry = (await business.RetryAsync(text))!;
        Assert.Equal((RetryState.Dropped, "delivered"), (retry.State, retry.Reason));
    }

    [Fact]
    public async Task RetriesOfOneConversation_DueTogether_GoInOneCommandInTheirOrder()
    {
        await using var instance = new FailureInstance(world, new FakeClock());
        var business = new Business(instance);
        MessageFailed[] failures = [business.Failure(30003), business.Failure(30008), business.Failure(30001)];
        foreach (var failed in failures.Reverse())
        {
            await instance.FailAsync(failed);
        }

        instance.Clock.Advance(Delay);
        await instance.OrderDueAsync();

        Assert.Equal(failures.Select(failed => failed.MessageId), Assert.Single(await business.OrderedAsync()));
    }

    [Fact]
    public async Task RetryOfALaterText_DueFirst_WaitsForTheEarlierOneUntilThatIsConfirmed()
    {
        await using var instance = new FailureInstance(world, new FakeClock());
        var business = new Business(instance);
        var early = business.Failure(30003);
        var late = business.Failure(30003);
        await instance.FailAsync(late);
        instance.Clock.Advance(TimeSpan.FromMinutes(1));
        await instance.FailAsync(early with { OccurredAt = instance.Clock.GetUtcNow() });

        instance.Clock.Advance(Delay - TimeSpan.FromMinutes(1));
        await instance.OrderDueAsync();
        Assert.Empty(await business.OrderedAsync());
        instance.Clock.Advance(TimeSpan.FromMinutes(1));
        await instance.OrderDueAsync();

        Assert.Equal([early.MessageId, late.MessageId], Assert.Single(await business.OrderedAsync()));
    }

    [Fact]
    public async Task RetryBehindOneThatIsOrdered_IsOrderedOnceThatIsConfirmed_OrTheWaitHasAnEnd()
    {
        await using var instance = new FailureInstance(world, new FakeClock());
        var (business, other) = (new Business(instance), new Business(instance));
        MessageId[] first = [await business.FailAsync(30003), await other.FailAsync(30003)];
        instance.Clock.Advance(TimeSpan.FromMinutes(1));
        await business.FailAsync(30003);
        await other.FailAsync(30003);
        instance.Clock.Advance(Delay - TimeSpan.FromMinutes(1));
        await instance.OrderDueAsync();

        instance.Clock.Advance(TimeSpan.FromMinutes(1));
        await instance.OrderDueAsync();
        Assert.Single(await business.OrderedAsync());
        await instance.AdvanceAsync((await business.RetryAsync(first[0]))!.RetryId, RetryState.Sent);
        await instance.OrderDueAsync();
        Assert.Equal(2, (await business.OrderedAsync()).Length);
        Assert.Single(await other.OrderedAsync());
        instance.Clock.Advance(Delay);
        await instance.OrderDueAsync();

        Assert.Equal(2, (await other.OrderedAsync()).Length);
    }

    [Fact]
    public async Task ManyRetries_LookedForByTwoInstancesAtOnce_AreOrderedOnceEach()
    {
        var clock = new FakeClock();
        await using var one = new FailureInstance(world, clock);
        await using var two = new FailureInstance(world, clock);
        var business = Enumerable.Range(0, 20).Select(_ => new Business(one)).ToArray();
        foreach (var each in business)
        {
            await each.FailAsync(30003);
            await each.FailAsync(30003);
        }

        clock.Advance(Delay);
        await Task.WhenAll(one.OrderDueAsync(), two.OrderDueAsync(), one.OrderDueAsync(), two.OrderDueAsync());

        foreach (var each in business)
        {
            Assert.Equal(2, Assert.Single(await each.OrderedAsync()).Length);
        }
    }
}
