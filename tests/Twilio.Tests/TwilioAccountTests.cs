namespace PhoneMasking.Twilio.Tests;

public sealed class TwilioAccountTests
{
    [Theory]
    [InlineData("https://api.twilio.com", "https://messaging.twilio.com/v1/Services", "https://proxy.twilio.com/v1/X")]
    [InlineData(
        "https://api.dublin.ie1.twilio.com",
        "https://messaging.dublin.ie1.twilio.com/v1/Services",
        "https://proxy.dublin.ie1.twilio.com/v1/X")]
    [InlineData(
        "http://127.0.0.1:5100", "http://127.0.0.1:5100/messaging/v1/Services", "http://127.0.0.1:5100/proxy/v1/X")]
    public void OtherApis_NotSaid_GoWithTheRestApi(string api, string messaging, string proxy)
    {
        var account = new TwilioAccount("AC1", "token", new Uri(api));

        Assert.Equal(new Uri(messaging), account.Messaging("Services"));
        Assert.Equal(new Uri(proxy), account.Proxy("X"));
    }

    [Fact]
    public void OtherApis_Said_AreThere()
    {
        var account = new TwilioAccount("AC1", "token", TwilioAccount.PublicApi)
        {
            MessagingBaseUri = new Uri("http://127.0.0.1:1/m/"),
            ProxyBaseUri = new Uri("http://127.0.0.1:2"),
        };

        Assert.Equal(new Uri("http://127.0.0.1:1/m/v1/Services"), account.Messaging("Services"));
        Assert.Equal(new Uri("http://127.0.0.1:2/v1/Services"), account.Proxy("Services"));
        Assert.True(account.IsAtTwilio(new Uri("http://127.0.0.1:2/v1/Services?Page=1")));
        Assert.False(account.IsAtTwilio(new Uri("http://127.0.0.1:3/v1/Services?Page=1")));
    }

    [Theory]
    [InlineData("https://messaging.twilio.com/?a=1")]
    [InlineData("https://user@messaging.twilio.com")]
    [InlineData("ftp://messaging.twilio.com")]
    [InlineData("/relative")]
    public void OtherApis_NotAnAddress_AreRefused(string uri) =>
        Assert.Throws<ArgumentException>("MessagingBaseUri", () =>
            new TwilioAccount("AC1", "token", TwilioAccount.PublicApi)
            {
                MessagingBaseUri = new Uri(uri, UriKind.RelativeOrAbsolute),
            });
}
