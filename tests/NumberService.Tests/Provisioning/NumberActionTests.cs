using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Sessions;
using PhoneMasking.NumberService.Tests.Provisioning.World;

namespace PhoneMasking.NumberService.Tests.Provisioning;

/// <summary>What somebody may ask of a number, and what is refused.</summary>
public sealed class NumberActionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Number_FromOrderToRelease_IsListedByStatusAndKeepsItsHistory()
    {
        await using var world = await NumberWorld.StartAsync();
        var order = Assert.Single(await world.BuyAsync());
        await world.UntilAllAsync(number => number.Stage == NumberStage.Ready, "a number that is Ready");
        Assert.Single(await ListAsync(world, NumberStatus.Ready, NumberLifecycle.Pool));
        Assert.Empty(await ListAsync(world, NumberStatus.Ready, NumberLifecycle.StandbyReserved));
        Assert.Empty(await ListAsync(world, NumberStatus.Pending));

        var retired = Assert.IsType<NumberView>(await RetireAsync(world, order.Id));
        await world.UntilAllAsync(number => number.NextStepAt is null, "a number that is given back");

        Assert.Equal((NumberStatus.Retired, AttachStatus.Ready), (retired.Status, retired.AttachStatus));
        Assert.Empty(await world.Simulator.NumbersAsync());
        Assert.Empty(await ListAsync(world));
        Assert.Single(await ListAsync(world, NumberStatus.Retired));
        Assert.IsType<NumberView>(await RetireAsync(world, order.Id));
        var detail = Assert.IsType<NumberDetail>(
            await world.AskAsync<ReadNumber, NumberDetail>(new ReadNumber(NumberWorld.Organisation, order.Id)));
        Assert.Equal(
            [NumberStage.Intended, NumberStage.Bought, NumberStage.Attached, NumberStage.Ready, NumberStage.Retired],
            detail.History.Reverse().Select(entry => entry.Stage).Distinct());
        var refused = Assert.IsType<Refused>(
            await world.AskAsync<AttachNumber, NumberView>(new AttachNumber(NumberWorld.Organisation, order.Id)));
        Assert.Equal((RefusalKind.Conflict, "number-retired"), (refused.Kind, refused.Problem));
    }

    [Fact]
    public async Task Number_ThatASitterOrASessionUses_IsNotGivenBack()
    {
        await using var world = await NumberWorld.StartAsync();
        var (_, reserved) = await world.OrderForSitterAsync("Ana Alvarez");
        var pool = Assert.Single(await world.BuyAsync()).Id;
        await world.UntilAllAsync(number => number.Stage == NumberStage.Ready, "two numbers that are Ready");
        await world.ReadAsync(db =>
        {
            var now = world.Clock.GetUtcNow();
            db.Sessions.Add(new KnownSession
            {
                Id = SessionId.New(now),
                OrganisationId = NumberWorld.Organisation,
                SitterId = SitterId.New(now),
                NumberId = pool,
                Open = true,
                ChangedAt = now,
            });
            return db.SaveChangesAsync(Token);
        });

        Assert.Equal("number-has-sitter", Assert.IsType<Refused>(await RetireAsync(world, reserved)).Problem);
        Assert.Equal("number-in-session", Assert.IsType<Refused>(await RetireAsync(world, pool)).Problem);
        Assert.Equal(
            (RefusalKind.NotFound, "numberId"),
            Assert.IsType<Refused>(await RetireAsync(world, NumberId.New(world.Clock.GetUtcNow()))) is var unknown
                ? (unknown.Kind, unknown.Field)
                : default);
        Assert.Equal(2, (await world.Simulator.NumbersAsync()).Count);
    }

    [Fact]
    public async Task Import_WithAttach_TakesOverWhatTheAccountOwnsAndNamesTheOtherLines()
    {
        await using var world = await NumberWorld.StartAsync();
        await world.Simulator.SendAsync(HttpMethod.Post, "numbers", new { number = "+13035550141" });
        var request = new ImportNumbers(
            NumberWorld.Organisation, "+13035550141\n+13035550142\nwrong", NumberLifecycle.Pool, Attach: true);

        var imported = Assert.IsType<NumbersImported>(await world.AskAsync<ImportNumbers, NumbersImported>(request));
        await world.UntilAllAsync(number => number.Stage == NumberStage.Ready, "the number that was taken over");

        Assert.Equal(1, imported.Imported);
        Assert.Equal([2, 3], imported.Errors.Select(error => error.Line));
        var owned = Assert.Single(await world.Simulator.NumbersAsync());
        Assert.Contains("/webhooks/twilio/messages", owned.SmsUrl, StringComparison.Ordinal);
        Assert.Equal(owned.Sid, Assert.Single(await world.NumbersAsync()).TwilioSid);
        Assert.Single(world.Gateway.Texts);
    }

    private static Task<object> RetireAsync(NumberWorld world, NumberId number) =>
        world.AskAsync<RetireNumber, NumberView>(new RetireNumber(NumberWorld.Organisation, number));

    private static async Task<IReadOnlyList<NumberView>> ListAsync(
        NumberWorld world,
        NumberStatus? status = null,
        NumberLifecycle? lifecycle = null) =>
        Assert.IsType<NumberPage>(await world.AskAsync<ListNumbers, NumberPage>(
            new ListNumbers(NumberWorld.Organisation, null, 200, lifecycle, status))).Items;
}
