using System.Text.Json;

namespace PhoneMasking.Simulator.Tests.Registration;

public sealed class RegistrationTests
{
    [Fact]
    public async Task Message_FromANumberThatIsPending_FailsUntilItIsRegistered()
    {
        await using var host = await SimulatorHost.StartAsync(("Simulator:Registration:NumberDelay", "01:00:00"));
        await AttachAsync(host);

        var early = await EndAsync(host);
        await host.ControlAsync(HttpMethod.Put, "/a2p", new { numberDelayMs = 0 });
        var late = await EndAsync(host);

        Assert.Equal(("undelivered", 30034), early);
        Assert.Equal(("delivered", null), late);
    }

    [Fact]
    public async Task Message_FromANumberSwitchedToPending_Fails_OthersDoNot()
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.ControlAsync(
            HttpMethod.Put, "/a2p/numbers", new { number = SimulatorHost.OwnNumber, state = "pending" });
        var pending = await EndAsync(host);
        await host.ControlAsync(
            HttpMethod.Put, "/a2p/numbers", new { number = SimulatorHost.OwnNumber, state = "auto" });

        Assert.Equal(("undelivered", 30034), pending);
        Assert.Equal(("delivered", null), await EndAsync(host));
    }

    [Fact]
    public async Task Message_OutsideOfAnyService_FailsWhenRegistrationIsRequired()
    {
        await using var host = await SimulatorHost.StartAsync(("Simulator:Registration:IsRequired", "true"));

        var outside = await EndAsync(host);
        await AttachAsync(host);

        Assert.Equal(("undelivered", 30034), outside);
        Assert.Equal(("delivered", null), await EndAsync(host));
    }

    [Fact]
    public async Task Campaign_FollowsTheSwitch_AndWithoutItNumbersFail()
    {
        await using var host = await SimulatorHost.StartAsync();
        var service = await AttachAsync(host);

        var verified = await CampaignAsync(host, service);
        await host.ControlAsync(
            HttpMethod.Put, "/a2p", new { campaignStatus = "FAILED", usecase = "MIXED", brandStatus = "FAILED" });
        var failed = await CampaignAsync(host, service);
        var brand = (await host.GetAsync("/messaging/v1/a2p/BrandRegistrations")).GetProperty("data")[0];
        var end = await EndAsync(host);
        await host.ControlAsync(HttpMethod.Put, "/a2p", new { campaignStatus = "NONE" });
        var none = await host.GetAsync($"{service}/Compliance/Usa2p");

        Assert.Equal(("VERIFIED", "PROXY"), Words(verified));
        Assert.Equal(75, verified.GetProperty("rate_limits").GetProperty("att").GetProperty("mps").GetInt32());
        Assert.Equal(("FAILED", "MIXED"), Words(failed));
        Assert.Equal(30701, failed.GetProperty("errors")[0].GetProperty("error_code").GetInt32());
        Assert.Equal("FAILED", brand.GetProperty("status").GetString());
        Assert.False(brand.GetProperty("russell_3000").GetBoolean());
        Assert.Equal(("undelivered", 30034), end);
        Assert.Equal(0, none.GetProperty("compliance").GetArrayLength());
        Assert.Equal(
            brand.GetProperty("sid").GetString(),
            (await host.GetAsync($"/messaging/v1/a2p/BrandRegistrations/{brand.GetProperty("sid").GetString()}"))
                .GetProperty("sid").GetString());
    }

    private static (string? Status, string? Usecase) Words(JsonElement campaign) => (
        campaign.GetProperty("campaign_status").GetString(),
        campaign.GetProperty("us_app_to_person_usecase").GetString());

    private static async Task<JsonElement> CampaignAsync(SimulatorHost host, string service) =>
        (await host.GetAsync($"{service}/Compliance/Usa2p")).GetProperty("compliance")[0];

    /// <summary>Puts the account's number into a service and gives the service's path.</summary>
    private static async Task<string> AttachAsync(SimulatorHost host)
    {
        var service = await host.CreateServiceAsync();
        var list = await host.GetAsync("/IncomingPhoneNumbers.json");
        var sid = list.GetProperty("incoming_phone_numbers")[0].GetProperty("sid").GetString()!;
        await host.PostAsync($"{service}/PhoneNumbers", ("PhoneNumberSid", sid));
        return service;
    }

    /// <summary>Sends a message and gives how it ended.</summary>
    private static async Task<(string? Status, int? Code)> EndAsync(SimulatorHost host)
    {
        var sid = await host.SendAsync("x");
        var message = await host.EventuallyAsync(
            $"/Messages/{sid}.json",
            one => one.GetProperty("status").GetString() is "delivered" or "undelivered");
        var code = message.GetProperty("error_code");
        return (
            message.GetProperty("status").GetString(),
            code.ValueKind == JsonValueKind.Null ? null : code.GetInt32());
    }
}
