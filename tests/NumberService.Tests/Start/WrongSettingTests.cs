using Microsoft.Extensions.Options;

namespace PhoneMasking.NumberService.Tests.Start;

public sealed class WrongSettingTests(NumberServiceFixture service)
{
    [Fact]
    public async Task Start_WithARegionNobodyKnows_FailsNamingTheSettingAndTheKnownOnes()
    {
        await using var host = NumberServiceFixture.Host(
            service.Database, service.Broker, ("Numbering:DefaultRegion", "XX"));

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(
            () => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("Numbering:DefaultRegion must be one of", failure.Message, StringComparison.Ordinal);
        Assert.Contains("US", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithPoolNumbersThatAreNone_FailsNamingTheSettingAndThePositions()
    {
        await using var host = NumberServiceFixture.Host(
            service.Database, service.Broker, ("TWILIO_POOL_NUMBERS", "+12125550101,12,+12125550102,wrong"));

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(
            () => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("TWILIO_POOL_NUMBERS", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("position 2, 4.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Numbers:VerificationPhone", "")]
    [InlineData("Numbers:VerificationPhone", "12")]
    [InlineData("Numbers:VerificationTries", "0")]
    [InlineData("Numbers:Budget:PerDay", "0")]
    [InlineData("Numbers:AreaCodes", "303;720")]
    [InlineData("Numbers:Region", "Colorado")]
    [InlineData("Numbers:Lease", "00:00:05")]
    [InlineData("Numbers:Concurrency", "0")]
    [InlineData("Twilio:MessagingServiceSid", "MG1")]
    [InlineData("Twilio:FallbackBaseUrl", "https://texts.example.com/path")]
    public async Task Start_WithAWrongSettingOfTheProvisioning_FailsNamingIt(string name, string value)
    {
        await using var host = NumberServiceFixture.Host(
            service.Database,
            service.Broker,
            ("Numbers:Verification", "On"),
            ("Numbers:VerificationPhone", "+13035550179"),
            ("environment", "Production"),
            (name, value));

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(
            () => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains(name.Split(':')[^1], failure.Message, StringComparison.Ordinal);
    }
}
