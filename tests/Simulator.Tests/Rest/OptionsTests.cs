using Microsoft.Extensions.Options;

namespace PhoneMasking.Simulator.Tests.Rest;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("Simulator:AccountSid", "AC1", "AccountSid")]
    [InlineData("Simulator:AuthToken", "", "AuthToken")]
    [InlineData("Simulator:DefaultSmsUrl", "not a url", "DefaultSmsUrl")]
    [InlineData("Simulator:Numbers:0:Number", "303", "Number")]
    [InlineData("Simulator:People:0:Number", "303", "Number")]
    [InlineData("Simulator:Messages:Kept", "1", "Kept")]
    [InlineData("Simulator:Messages:SentAfter", "02:00:00", "SentAfter")]
    [InlineData("Simulator:Webhooks:RetryDelay", "00:01:00", "RetryDelay")]
    public async Task Start_WithAWrongSetting_FailsAndNamesIt(string key, string value, string property)
    {
        await using var app = SimulatorHost.Create($"--{key}={value}");

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            app.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains(property, failure.Message);
    }
}
