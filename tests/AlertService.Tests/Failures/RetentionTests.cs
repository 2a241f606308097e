using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.TestServers;

namespace PhoneMasking.AlertService.Tests.Failures;

public sealed class RetentionTests(FailureWorld world) : IClassFixture<FailureWorld>
{
    [Fact]
    public async Task Failures_PastTheirRetention_AreDeletedWithTheirRetries_AndArrivalsAfterADay()
    {
        await using var instance = new FailureInstance(world, new FakeClock());
        var business = new Business(instance);
        var old = await business.FailAsync(30003);
        instance.Clock.Advance(TimeSpan.FromMinutes(10));
        await instance.OrderDueAsync();
        await instance.ArriveAsync(business.Delivery(MessageId.New(instance.Clock.GetUtcNow())));

        instance.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromHours(1));
        var kept = await business.FailAsync(30003);
        await instance.CleanAsync();
        Assert.Equal(1, await instance.ReadAsync(db => db.Arrivals.CountAsync(TestContext.Current.CancellationToken)));
        Assert.NotNull(await business.RetryAsync(old));
        instance.Clock.Advance(TimeSpan.FromDays(89));
        await instance.CleanAsync();

        Assert.Null(await business.RetryAsync(old));
        Assert.NotNull(await business.RetryAsync(kept));
        Assert.Equal(kept, Assert.Single(await instance.ReadAsync(db => db.Failures
            .Where(failure => failure.OrganisationId == business.Organisation)
            .Select(failure => failure.MessageId)
            .ToListAsync(TestContext.Current.CancellationToken))));
    }
}
