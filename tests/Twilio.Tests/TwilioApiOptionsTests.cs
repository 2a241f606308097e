using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

using PhoneMasking.Twilio.Tests.Loopback;

namespace PhoneMasking.Twilio.Tests;

public sealed class TwilioApiOptionsTests
{
    [Theory]
    [InlineData("RequestTimeout", "00:00:00")]
    [InlineData("ConnectTimeout", "01:00:00")]
    [InlineData("MaxConnections", "0")]
    [InlineData("ReadRetries", "-1")]
    [InlineData("ReadRetryDelay", "-00:00:01")]
    public async Task BadValue_StopsTheStart_AndNamesTheSetting(string setting, string value)
    {
        await using var services = Client.Services(null, (setting, value));

        var failure = Assert.Throws<OptionsValidationException>(() =>
            services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains(setting, failure.Message);
    }

    [Theory]
    [InlineData("https://api.twilio.com/2010-04-01")]
    [InlineData("https://user@api.twilio.com")]
    [InlineData("ftp://api.twilio.com")]
    [InlineData("/relative")]
    public void Account_AddressWithMoreThanHostAndPort_IsRefused(string uri) =>
        Assert.Throws<ArgumentException>("ApiBaseUri", () =>
            new TwilioAccount("AC1", "token", new Uri(uri, UriKind.RelativeOrAbsolute)));

    [Theory]
    [InlineData("", "token")]
    [InlineData("AC1", " ")]
    public void Account_WithoutIdOrToken_IsRefused(string sid, string token) =>
        Assert.Throws<ArgumentException>(() => new TwilioAccount(sid, token, TwilioAccount.PublicApi));

    [Fact]
    public void Account_AsText_HidesTheToken() =>
        Assert.Equal("TwilioAccount AC1", new TwilioAccount("AC1", "token", TwilioAccount.PublicApi).ToString());
}
