using Microsoft.Extensions.Options;
using PhoneMasking.ProxyGateway.Tests.World;
using PhoneMasking.TestServers;

namespace PhoneMasking.ProxyGateway.Tests.Configuration;

/// <summary>A setting that is wrong stops the start, and the message names it.</summary>
[Collection(GatewayGroup.Name)]
public sealed class ConfigurationTests(GatewayWorld world)
{
    [Theory]
    [InlineData("Twilio:AccountSid", "")]
    [InlineData("Twilio:AccountSid", "AC123")]
    [InlineData("Twilio:AuthToken", " ")]
    [InlineData("Twilio:SecondaryAuthToken", GatewayHost.AuthToken)]
    [InlineData("Twilio:PublicBaseUrl", "")]
    [InlineData("Twilio:PublicBaseUrl", "https://texts.example.com/path")]
    [InlineData("Twilio:ApiBaseUrl", "ftp://api.example.com")]
    [InlineData("Sessions:TimeToLive", "00:00:00")]
    [InlineData("Sessions:ExpiryInterval", "00:00:00")]
    [InlineData("Notices:NoSession", "")]
    [InlineData("Notices:MinimumInterval", "2.00:00:00")]
    [InlineData("Notices:TextNotDelivered", "A text could not be delivered.")]
    [InlineData("Notices:TextNotDelivered", "A text to {Client} could not be delivered. Call +13035550100.")]
    [InlineData("Notices:ClientTextNotDelivered", "{Client}: ask {Client} to write again.")]
    [InlineData("Notices:ClientTextNotDelivered", "A text from {Client} could not be delivered: {Body}")]
    [InlineData("Sending:Slots", "0")]
    [InlineData("Sending:Lease", "00:00:00")]
    [InlineData("Sending:Lease", "00:00:05")]
    [InlineData("Sending:Lease", "00:00:15")]
    [InlineData("Sending:SettleTime", "01:00:00")]
    [InlineData("Sending:RetryDelay", "00:00:00")]
    [InlineData("Sending:MaxRetryDelay", "02:00:00")]
    [InlineData("Sending:GiveUpAfter", "00:00:01")]
    [InlineData("Sending:BreakDuration", "00:00:00")]
    [InlineData("Sending:PollInterval", "00:02:00")]
    [InlineData("OptOuts:StartRetention", "00:10:00")]
    [InlineData("TwilioApi:RequestTimeout", "00:10:00")]
    public async Task WrongSetting_StopsTheStartAndIsNamed(string name, string value)
    {
        using var log = new CapturedLog();
        await using var host = new GatewayHost(
            world.DatabaseConnection, world.BrokerConnection, world.Twilio, world.Clock, log, settings: (name, value));

        var failure = Assert.ThrowsAny<Exception>(() => host.Start());

        // Now and then the factory reports that the host is disposed already; the host's own log says why.
        var told = string.Join('\n', [failure.ToString(), .. log.Lines]);
        Assert.Contains(nameof(OptionsValidationException), told, StringComparison.Ordinal);
        Assert.Contains(name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..], told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ConnectionStrings:phonemasking", "ConnectionStrings__phonemasking")]
    [InlineData("ConnectionStrings:rabbitmq", "ConnectionStrings__rabbitmq")]
    public async Task MissingConnectionString_StopsTheStartAndIsNamed(string name, string named)
    {
        await using var host = new GatewayHost(
            world.DatabaseConnection, world.BrokerConnection, world.Twilio, world.Clock, settings: (name, ""));

        var failure = Assert.ThrowsAny<Exception>(() => host.Start());

        Assert.Contains(named, failure.GetBaseException().Message, StringComparison.Ordinal);
    }
}
