using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Tests.Provisioning.World;

namespace PhoneMasking.NumberService.Tests.Provisioning;

/// <summary>The Attach-Number routine where the Proxy engine is configured.</summary>
public sealed class ProxyAttachTests
{
    [Fact]
    public async Task Number_EntersTheProxyServiceFirstAndThenTheMessagingService()
    {
        await using var world = await NumberWorld.CreateAsync();
        var proxy = await StartWithProxyAsync(world, "one");

        await world.BuyAsync();
        await world.BuyAsync(lifecycle: NumberLifecycle.StandbyReserved);
        await world.UntilAllAsync(number => number.Stage == NumberStage.Ready, "numbers that are Ready");

        var members = await world.Simulator.ProxyNumbersAsync(proxy);
        Assert.Equal(
            (await world.NumbersAsync()).Select(number => (number.Number!.Reveal(), number.Lifecycle == NumberLifecycle.StandbyReserved))
                .Order(),
            members.Select(member => (member.Key, member.Value)).Order());
        var calls = await world.Simulator.CallsAsync();
        Assert.True(
            calls.Index().First(call => call.Item.Operation == "addProxyNumber").Index
                < calls.Index().First(call => call.Item.Operation == "addServiceNumber").Index,
            "Twilio takes a number into a Proxy Service only while it is in no Messaging Service.");
    }

    [Fact]
    public async Task Number_ThatIsInTheProxyServiceAlready_IsAttachedAgain()
    {
        await using var world = await NumberWorld.CreateAsync();
        var proxy = await StartWithProxyAsync(world, "one");
        var order = Assert.Single(await world.BuyAsync());
        await world.UntilAllAsync(number => number.Stage == NumberStage.Ready, "a number that is Ready");
        var before = await world.NumberAsync(order.Id);

        await world.AskAsync<AttachNumber, NumberView>(new AttachNumber(NumberWorld.Organisation, order.Id));
        await world.UntilAllAsync(
            number => number.Stage == NumberStage.Ready && number.Version > before.Version, "a second attachment");

        Assert.Single(await world.Simulator.ProxyNumbersAsync(proxy));
    }

    [Fact]
    public async Task Number_ThatIsInAnotherProxyService_FailsWithTheReason()
    {
        await using var world = await NumberWorld.CreateAsync();
        await StartWithProxyAsync(world, "one");
        var order = Assert.Single(await world.BuyAsync());
        await world.UntilAllAsync(number => number.Stage == NumberStage.Ready, "a number that is Ready");
        await world.StopAllAsync();
        var other = await StartWithProxyAsync(world, "two");

        await world.AskAsync<AttachNumber, NumberView>(new AttachNumber(NumberWorld.Organisation, order.Id));
        await world.UntilAllAsync(number => number.Stage == NumberStage.Failed, "a number that failed");

        var number = await world.NumberAsync(order.Id);
        Assert.Equal(("attach", "in-another-proxy-service"), (number.FailedStep, number.Reason));
        Assert.Empty(await world.Simulator.ProxyNumbersAsync(other));
    }

    private static async Task<string> StartWithProxyAsync(NumberWorld world, string name)
    {
        await world.Simulator.SendAsync(HttpMethod.Put, "proxy", new { available = true });
        var proxy = await world.Simulator.MakeServiceAsync("proxy/v1/Services", "UniqueName", name);
        var messaging = await world.Simulator.MakeServiceAsync("messaging/v1/Services", "FriendlyName", name);
        await world.AddInstanceAsync(null, ("TWILIO_PROXY_SERVICE_SID", proxy), ("TWILIO_MESSAGING_SERVICE_SID", messaging));
        return proxy;
    }
}
