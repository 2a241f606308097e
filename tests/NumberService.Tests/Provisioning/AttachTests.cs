using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Tests.Provisioning.World;

namespace PhoneMasking.NumberService.Tests.Provisioning;

/// <summary>The Attach-Number routine with a Messaging Service.</summary>
public sealed class AttachTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Number_WhileTheCampaignIsPending_WaitsWithoutATryAndThenGoesOn()
    {
        await using var world = await NumberWorld.CreateAsync();
        await AddWithServiceAsync(world, "A");
        await world.Simulator.SendAsync(HttpMethod.Put, "a2p", new { campaignStatus = "IN_PROGRESS" });
        var began = world.Clock.GetUtcNow();

        await world.BuyAsync(2);
        await world.UntilAllAsync(number => number.Reason == "a2p-pending", "numbers that wait for the campaign");
        await world.UntilAsync(
            () => Task.FromResult(world.Clock.GetUtcNow() - began > TimeSpan.FromHours(3)), "three hours");

        Assert.All(await world.NumbersAsync(), number => Assert.Equal((NumberStage.Bought, 0), (number.Stage, number.Tries)));
        Assert.Empty(world.Gateway.Texts);
        await world.Simulator.SendAsync(HttpMethod.Put, "a2p", new { campaignStatus = "VERIFIED" });
        await world.UntilAllAsync(number => number.Stage == NumberStage.Ready, "numbers that are Ready");
        Assert.All(await world.NumbersAsync(), number => Assert.Null(number.Reason));
        await world.PublishedAsync();
        Assert.Empty(world.Bus.Kept<NumberFailed>());
    }

    [Theory]
    [InlineData("FAILED", "a2p-failed")]
    [InlineData("NONE", "a2p-missing")]
    public async Task Number_WithoutACampaign_WaitsWithOneAlert(string status, string reason)
    {
        await using var world = await NumberWorld.CreateAsync();
        await AddWithServiceAsync(world, "A");
        await world.Simulator.SendAsync(HttpMethod.Put, "a2p", new { campaignStatus = status });

        await world.BuyAsync(3);
        await world.UntilAllAsync(number => number.Reason == reason, "numbers that wait for the owner");

        var alert = await world.Bus.WaitForAsync<NumberFailed>(_ => true, Token);
        Assert.Equal(("attach", reason), (alert.Step, alert.Reason));
        await world.PublishedAsync();
        Assert.Single(world.Bus.Kept<NumberFailed>());
    }

    [Fact]
    public async Task Number_ThatIsInTheServiceAlready_IsAttachedAgain()
    {
        await using var world = await NumberWorld.CreateAsync();
        await AddWithServiceAsync(world, "A");
        var order = Assert.Single(await world.BuyAsync());
        await world.UntilAllAsync(number => number.Stage == NumberStage.Ready, "a number that is Ready");
        var before = await world.NumberAsync(order.Id);

        var again = Assert.IsType<NumberView>(
            await world.AskAsync<AttachNumber, NumberView>(new AttachNumber(NumberWorld.Organisation, order.Id)));
        Assert.Equal((NumberStatus.Pending, NumberStage.Bought), (again.Status, again.Stage));
        await world.UntilAllAsync(
            number => number.Stage == NumberStage.Ready && number.Version > before.Version, "a second attachment");

        Assert.Equal(2, world.Gateway.Texts.Count);
    }

    [Fact]
    public async Task Number_ThatIsInAnotherService_FailsWithTheReason()
    {
        await using var world = await NumberWorld.CreateAsync();
        await AddWithServiceAsync(world, "A");
        var order = Assert.Single(await world.BuyAsync());
        await world.UntilAllAsync(number => number.Stage == NumberStage.Ready, "a number that is Ready");
        await AddWithServiceAsync(world, "B", replaces: true);

        await world.AskAsync<AttachNumber, NumberView>(new AttachNumber(NumberWorld.Organisation, order.Id));
        await world.UntilAllAsync(number => number.Stage == NumberStage.Failed, "a number that failed");

        var number = await world.NumberAsync(order.Id);
        Assert.Equal(("attach", "in-another-messaging-service", 21712), (number.FailedStep, number.Reason, number.ErrorCode));
        Assert.Equal(AttachStatus.Failed, number.AttachStatus);
        var retired = Assert.IsType<NumberView>(
            await world.AskAsync<RetireNumber, NumberView>(new RetireNumber(NumberWorld.Organisation, order.Id)));
        Assert.Equal((NumberStatus.Retired, AttachStatus.Failed), (retired.Status, retired.AttachStatus));
    }

    [Fact]
    public async Task Number_ForAServiceThatIsFull_FailsWithOneAlertForAll()
    {
        await using var world = await NumberWorld.CreateAsync();
        await world.Simulator.SendAsync(HttpMethod.Put, "messaging-services", new { mostNumbers = 1 });
        await AddWithServiceAsync(world, "A");

        await world.BuyAsync(3);
        await world.UntilAllAsync(
            number => number.Stage is NumberStage.Ready or NumberStage.Failed, "an end of all numbers");

        var failed = (await world.NumbersAsync()).Where(number => number.Stage == NumberStage.Failed).ToArray();
        Assert.Equal(2, failed.Length);
        Assert.All(failed, number => Assert.Equal(
            ("messaging-service-full", 21714), (number.Reason, number.ErrorCode)));
        await world.PublishedAsync();
        Assert.Single(world.Bus.Kept<NumberFailed>());
    }

    private static async Task AddWithServiceAsync(NumberWorld world, string name, bool replaces = false)
    {
        var sid = await world.Simulator.MakeServiceAsync("messaging/v1/Services", "FriendlyName", name);
        if (replaces)
        {
            await world.StopAllAsync();
        }

        await world.AddInstanceAsync(null, ("TWILIO_MESSAGING_SERVICE_SID", sid));
    }
}
