using System.Text.Json;

namespace PhoneMasking.Contracts.Tests;

public sealed class E164NumberTests
{
    private const string Real = "+13035550142";

    [Theory]
    [InlineData("+13035550142")]
    [InlineData("+447700900123")]
    [InlineData("+9999999")]
    [InlineData("+999999999999999")]
    public void Parse_WellFormed_KeepsEveryDigit(string text) => Assert.Equal(text, E164Number.Parse(text).Reveal());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("13035550142")]
    [InlineData("+03035550142")]
    [InlineData("+1 303 555 0142")]
    [InlineData("+1303555014x")]
    [InlineData("+123456")]
    [InlineData("+1234567890123456")]
    [InlineData("+１3035550142")]
    [InlineData("+13035550142\n")]
    [InlineData("+1303\0550142")]
    [InlineData("55501")]
    [InlineData("anonymous")]
    public void TryParse_AnythingElse_IsRefused(string? text)
    {
        Assert.False(E164Number.TryParse(text, out var number));
        Assert.Null(number);
    }

    [Fact]
    public void Parse_NotANumber_DoesNotRepeatIt()
    {
        var failure = Assert.Throws<FormatException>(() => E164Number.Parse("303 555 0142"));

        Assert.DoesNotContain("0142", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+13035550142", "+1303•••••42")]
    [InlineData("+447700900123", "+4477••••••23")]
    [InlineData("+99999999", "•••99")]
    public void ToString_Always_IsRedacted(string text, string redacted) =>
        Assert.Equal(redacted, E164Number.Parse(text).ToString());

    [Theory]
    [InlineData("", "•••")]
    [InlineData("55", "•••")]
    [InlineData("72975", "•••75")]
    [InlineData("anonymous", "•••us")]
    [InlineData("whatsapp:+13035550142", "whats••••••••••••••42")]
    public void Redact_WhateverStoodInFrom_ShowsLittle(string address, string redacted) =>
        Assert.Equal(redacted, E164Number.Redact(address));

    [Fact]
    public void LastTwoDigits_IsTheLabelOfAnUnknownSender() => Assert.Equal("42", E164Number.Parse(Real).LastTwoDigits);

    [Fact]
    public void Equality_SameDigits_IsTheSameNumber()
    {
        Assert.Equal(E164Number.Parse(Real), E164Number.Parse(Real));
        Assert.Equal(E164Number.Parse(Real).GetHashCode(), E164Number.Parse(Real).GetHashCode());
        Assert.NotEqual(E164Number.Parse(Real), E164Number.Parse("+13035550143"));
    }

    [Fact]
    public void Json_RoundTrip_KeepsEveryDigit()
    {
        var json = JsonSerializer.Serialize(E164Number.Parse(Real), JsonSerializerOptions.Web);

        Assert.Equal(Real, JsonSerializer.Deserialize<string>(json));
        Assert.Equal(E164Number.Parse(Real), JsonSerializer.Deserialize<E164Number>(json, JsonSerializerOptions.Web));
    }

    [Theory]
    [InlineData("\"303 555 0142\"")]
    [InlineData("3035550142")]
    [InlineData("{\"value\":\"3035550142\"}")]
    public void Json_NotANumber_IsRefusedWithoutRepeatingIt(string json)
    {
        var failure = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<E164Number>(json));

        Assert.DoesNotContain("0142", failure.ToString(), StringComparison.Ordinal);
    }
}
