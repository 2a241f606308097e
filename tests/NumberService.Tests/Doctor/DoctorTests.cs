using System.Net.Http.Headers;
using System.Text;
using PhoneMasking.NumberService.Setup;
using PhoneMasking.NumberService.Tests.Provisioning.World;
using PhoneMasking.NumberService.Tests.Setup.World;

namespace PhoneMasking.NumberService.Tests.Doctor;

public sealed class DoctorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Doctor_OfAHealthyInstallation_FindsNothing()
    {
        await using var world = await ReadyAsync();

        var ended = await world.RunAsync("doctor");

        Assert.True(ended.End == SetupEnd.Ready, ended.Output);
        Assert.Contains("Nothing is wrong.", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_BeforeSetup_SaysToRunIt()
    {
        await using var world = await SetupWorld.StartAsync(hasGateway: false);

        var ended = await world.RunAsync("doctor");

        Assert.Equal(SetupEnd.Failed, ended.End);
        Assert.Contains("run setup", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_WithWrongCredentials_SaysSo()
    {
        await using var world = await SetupWorld.StartAsync(hasGateway: false);
        world.Settings["Twilio:AuthToken"] = "another-token";

        var ended = await world.RunAsync("doctor");

        Assert.Equal(SetupEnd.Failed, ended.End);
        Assert.Contains("credentials", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("another-token", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drift_OfWebhooksMembershipAndSettings_IsFoundAndFixed()
    {
        await using var world = await ReadyAsync();
        var numbers = await world.Simulator.NumbersAsync();
        var service = Assert.Single(await world.MessagingServicesAsync()).Sid;
        await world.Simulator.SendAsync(
            HttpMethod.Post, "numbers", new { number = numbers[0].Number, smsUrl = "https://elsewhere.example.com/sms" });
        await TwilioAsync(world, HttpMethod.Delete, $"/messaging/v1/Services/{service}/PhoneNumbers/{numbers[1].Sid}");
        await TwilioAsync(world, HttpMethod.Post, $"/messaging/v1/Services/{service}", "StickySender=true");

        var found = await world.RunAsync("doctor");
        var fixedNow = await world.RunAsync("doctor", "--fix");
        var after = await world.RunAsync("doctor");

        Assert.Equal(SetupEnd.Failed, found.End);
        Assert.Contains($"{numbers[0].Number} ", found.Output, StringComparison.Ordinal);
        Assert.Contains("webhooks lead elsewhere", found.Output, StringComparison.Ordinal);
        Assert.Contains("not in the Messaging Service", found.Output, StringComparison.Ordinal);
        Assert.Contains("sticky sender", found.Output, StringComparison.Ordinal);
        Assert.True(fixedNow.End == SetupEnd.Ready, fixedNow.Output);
        Assert.True(after.End == SetupEnd.Ready, after.Output);
    }

    [Fact]
    public async Task Drift_BetweenAccountAndInventory_IsFoundInBothDirections()
    {
        await using var world = await ReadyAsync();
        var lost = (await world.Simulator.NumbersAsync())[0];
        await TwilioAsync(
            world, HttpMethod.Delete, $"/2010-04-01/Accounts/{NumberHost.AccountSid}/IncomingPhoneNumbers/{lost.Sid}.json");
        await world.Simulator.SendAsync(HttpMethod.Post, "numbers", new { number = "+13035550190" });

        var found = await world.RunAsync("doctor", "--fix");
        var imported = await world.RunAsync("doctor", "--fix", "--import", "pool");

        Assert.Equal(SetupEnd.Failed, found.End);
        Assert.Contains("the account does not own it", found.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("its sitter", found.Output, StringComparison.Ordinal);
        Assert.Contains("the inventory does not know it", found.Output, StringComparison.Ordinal);
        Assert.Equal(SetupEnd.Failed, imported.End);
        Assert.Equal(1, await world.CountAsync("number = '+13035550190' AND stage = 'Bought' AND lifecycle = 'Pool'"));
    }

    [Fact]
    public async Task FailedNumber_IsFoundAndSentOnItsWayAgain()
    {
        await using var world = await ReadyAsync();
        await world.ExecuteAsync("""
            UPDATE numbers.numbers SET stage = 'Attached'
            WHERE id = (SELECT id FROM numbers.numbers WHERE lifecycle = 'Pool' LIMIT 1);
            UPDATE numbers.numbers SET stage = 'Failed', failed_step = 'verify', reason = 'verification-late'
            WHERE stage = 'Attached';
            """);

        var found = await world.RunAsync("doctor");
        await world.RunAsync("doctor", "--fix");

        Assert.Equal(SetupEnd.Failed, found.End);
        Assert.Contains("Numbers:VerificationPhone", found.Output, StringComparison.Ordinal);
        Assert.Equal(1, await world.CountAsync("stage = 'Bought' AND next_step_at IS NOT NULL"));
    }

    [Fact]
    public async Task ManyNumbersOnACampaign_AreANoteOnly()
    {
        await using var world = await ReadyAsync();
        world.Settings["Setup:NumbersPerCampaign"] = "2";

        var ended = await world.RunAsync("doctor");

        Assert.True(ended.End == SetupEnd.Ready, ended.Output);
        Assert.Contains("carries 3 numbers", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PublicAddressThatTwilioCannotReach_IsFound()
    {
        await using var world = await ReadyAsync();
        world.Settings["Twilio:PublicBaseUrl"] = "https://my_texts.example.com";

        var ended = await world.RunAsync("doctor");

        Assert.Equal(SetupEnd.Failed, ended.End);
        Assert.Contains("underscore", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_WithoutFix_IsWrongUsage()
    {
        await using var world = await SetupWorld.StartAsync(hasGateway: false);

        Assert.Equal(SetupEnd.WrongUsage, (await world.RunAsync("doctor", "--import", "pool")).End);
    }

    private static async Task<SetupWorld> ReadyAsync()
    {
        var world = await SetupWorld.StartAsync();
        var ended = await world.RunAsync("setup", "--yes", "--reserved", "0", "--pool", "2", "--standby", "1");
        Assert.True(ended.End == SetupEnd.Ready, ended.Output);
        return world;
    }

    // As somebody does in Twilio's console.
    private static async Task TwilioAsync(SetupWorld world, HttpMethod method, string path, string? form = null)
    {
        using var http = world.Simulator.CreateClient();
        using var call = new HttpRequestMessage(method, path)
        {
            Content = form is null ? null : new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        var credentials = Encoding.UTF8.GetBytes($"{NumberHost.AccountSid}:{NumberHost.AuthToken}");
        call.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials));
        using var answer = await http.SendAsync(call, Token);
        Assert.True(answer.IsSuccessStatusCode, $"{path} was answered {(int)answer.StatusCode}.");
    }
}
