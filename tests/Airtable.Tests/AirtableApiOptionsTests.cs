using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PhoneMasking.Airtable.Tests.Loopback;

namespace PhoneMasking.Airtable.Tests;

public sealed class AirtableApiOptionsTests
{
    [Theory]
    [InlineData("RequestTimeout", "00:00:00")]
    [InlineData("ConnectTimeout", "01:00:00")]
    [InlineData("RequestsPerSecond", "0")]
    [InlineData("MostWaiting", "0")]
    [InlineData("RateLimitPause", "00:00:00")]
    [InlineData("Retries", "-1")]
    [InlineData("BreakAfter", "1")]
    [InlineData("LargestAnswerBytes", "1")]
    public async Task BadValue_StopsTheStart_AndNamesTheSetting(string setting, string value)
    {
        await using var client = new Client("http://127.0.0.1:9", null, (setting, value));

        var failure = Assert.Throws<OptionsValidationException>(() =>
            client.Services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains(setting, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://api.airtable.com/v0")]
    [InlineData("https://user@api.airtable.com")]
    [InlineData("ftp://api.airtable.com")]
    [InlineData("/relative")]
    public void Base_AddressWithMoreThanHostAndPort_IsRefused(string uri) =>
        Assert.Throws<ArgumentException>("ApiBaseUri", () =>
            new AirtableBase("app1", "token", new Uri(uri, UriKind.RelativeOrAbsolute)));

    [Theory]
    [InlineData("", "token")]
    [InlineData("app1", " ")]
    public void Base_WithoutIdOrToken_IsRefused(string id, string token) =>
        Assert.Throws<ArgumentException>(() => new AirtableBase(id, token, AirtableBase.PublicApi));

    [Fact]
    public void Base_AsText_HidesTheToken() =>
        Assert.Equal("AirtableBase app1", new AirtableBase("app1", "token", AirtableBase.PublicApi).ToString());
}
