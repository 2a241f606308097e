using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Provisioning;
using static PhoneMasking.NumberService.Tests.NumberServiceFixture;

namespace PhoneMasking.NumberService.Tests.Sitters;

public sealed class ProvisioningPathTests(NumberServiceFixture service)
{
    [Fact]
    public async Task PathA_WithTheLastStandbyNumber_TellsTheOwnerAndOrdersTheNextOne()
    {
        var organisation = NewOrganisation();
        await service.ImportAsync(organisation, NumberLifecycle.StandbyReserved, "+13125550101");

        var sitter = await AddAsync(organisation, "+13125550111");

        Assert.Equal((NumberStatus.Ready, "+13125550101"), (sitter.ReservedStatus, sitter.ReservedNumber?.Reveal()));
        var told = await service.Bus.WaitForAsync<SitterNumberAssigned>(
            seen => seen.SitterId == sitter.Id, TestContext.Current.CancellationToken);
        Assert.Equal(
            ("Ana Alvarez", sitter.ReservedNumberId, "+13125550101"),
            (told.SitterName, told.NumberId, told.Number.Reveal()));
        var order = Assert.Single(await service.NumbersAsync(organisation), number => number.OrderId is not null);
        Assert.Equal(
            (NumberLifecycle.StandbyReserved, NumberPurpose.StandbyReplenishment, NumberStatus.Pending),
            (order.Lifecycle, order.Purpose, order.Status));
        await service.Bus.WaitForAsync<NumberOrdered>(
            seen => seen.NumberId == order.Id, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task PathA_WithAnotherStandbyNumberAtHand_OrdersNone()
    {
        var organisation = NewOrganisation();
        await service.ImportAsync(organisation, NumberLifecycle.StandbyReserved, "+13125550102", "+13125550103");

        await AddAsync(organisation, "+13125550112");

        Assert.DoesNotContain(await service.NumbersAsync(organisation), number => number.OrderId is not null);
    }

    [Fact]
    public async Task PathB_WithoutAStandbyNumber_OrdersOneForTheSitterAndTellsTheOwner()
    {
        var organisation = NewOrganisation();
        await service.ImportAsync(organisation, NumberLifecycle.Pool, "+13125550104");

        var sitter = await AddAsync(organisation, "+13125550113");

        Assert.Equal((NumberStatus.Pending, null), (sitter.ReservedStatus, sitter.ReservedNumber));
        var order = Assert.Single(await service.NumbersAsync(organisation), number => number.OrderId is not null);
        Assert.Equal(sitter.ReservedNumberId, order.Id);
        Assert.Equal(sitter.Id, order.SitterId);
        Assert.Equal(
            (NumberLifecycle.ReservedActive, NumberPurpose.SitterAssignment), (order.Lifecycle, order.Purpose));
        await service.Bus.WaitForAsync<SitterNumberOrdered>(
            seen => seen.SitterId == sitter.Id && seen.NumberId == order.Id, TestContext.Current.CancellationToken);
        var changed = await service.Bus.WaitForAsync<SitterChanged>(
            seen => seen.SitterId == sitter.Id, TestContext.Current.CancellationToken);
        Assert.Equal((null, null), (changed.ReservedNumberId, changed.ReservedNumber));
    }

    [Fact]
    public async Task PathB_TwoAddsAtOnceForOneStandbyNumber_GiveItToOneAndOrderForTheOther()
    {
        var organisation = NewOrganisation();
        await using var second = await service.StartHostAsync();
        await service.ImportAsync(organisation, NumberLifecycle.StandbyReserved, "+13125550105");

        var both = await Task.WhenAll(AddAsync(organisation, "+13125550114"), AddAsync(organisation, "+13125550115"));

        Assert.Equal(
            [NumberStatus.Pending, NumberStatus.Ready], both.Select(sitter => sitter.ReservedStatus!.Value).Order());
        Assert.Equal(
            [NumberPurpose.SitterAssignment, NumberPurpose.StandbyReplenishment],
            (await service.NumbersAsync(organisation)).Select(number => number.Purpose).OfType<NumberPurpose>().Order());
    }

    [Fact]
    public async Task PathB_WhenTheNumberIsReadyTwice_TellsTheOwnerAndTheOthersOnce()
    {
        var organisation = NewOrganisation();
        var sitter = await AddAsync(organisation, "+13125550116");

        await BecomeReadyAsync(sitter, "+13125550106");
        await BecomeReadyAsync(sitter, "+13125550106");

        var told = await service.Bus.WaitForAsync<SitterNumberReady>(
            seen => seen.SitterId == sitter.Id, TestContext.Current.CancellationToken);
        Assert.Equal(
            ("Ana Alvarez", sitter.ReservedNumberId, "+13125550106"),
            (told.SitterName, told.NumberId, told.Number.Reveal()));
        var changed = await service.Bus.WaitForAsync<SitterChanged>(
            seen => seen.SitterId == sitter.Id && seen.Version == 2, TestContext.Current.CancellationToken);
        Assert.Equal(
            (sitter.ReservedNumberId, "+13125550106"), (changed.ReservedNumberId, changed.ReservedNumber?.Reveal()));
        await service.PublishedAsync();
        Assert.Single(service.Bus.Kept<SitterNumberReady>(), seen => seen.SitterId == sitter.Id);
        var now = Assert.IsType<SitterView>(await service.AskAsync(new ReadSitter(organisation, sitter.Id)));
        Assert.Equal(
            (NumberStatus.Ready, "+13125550106", 2), (now.ReservedStatus, now.ReservedNumber?.Reveal(), now.Version));
    }

    private Task BecomeReadyAsync(SitterView sitter, string number) => service.InTransactionAsync(async (db, services) =>
    {
        var now = TimeProvider.System.GetUtcNow();
        var order = (await db.Numbers.FindAsync([sitter.ReservedNumberId], TestContext.Current.CancellationToken))!;
        foreach (var stage in (NumberStage[])[NumberStage.Bought, NumberStage.Attached, NumberStage.Ready])
        {
            order.Number = E164Number.Parse(number);
            order.NextStepAt = null;
            order.Stage = stage;
            order.Touch(now);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var options = services.GetRequiredService<IOptions<ProvisioningOptions>>().Value;
        await new NumberNews(db, options).TellAsync(
            order, NumberStage.Attached, now, TestContext.Current.CancellationToken);
    });

    private async Task<SitterView> AddAsync(OrganisationId organisation, string phone) =>
        Assert.IsType<SitterView>(
            await service.AskAsync(new AddSitter(organisation, Guid.CreateVersion7(), "Ana Alvarez", null, phone)));
}
