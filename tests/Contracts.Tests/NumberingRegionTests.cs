namespace PhoneMasking.Contracts.Tests;

public sealed class NumberingRegionTests
{
    [Theory]
    [InlineData("3035550142")]
    [InlineData("303-555-0142")]
    [InlineData("303.555.0142")]
    [InlineData("303 555 0142")]
    [InlineData("(303) 555-0142")]
    [InlineData("(303)555-0142")]
    [InlineData("303/555-0142")]
    [InlineData("1 303 555 0142")]
    [InlineData("1-303-555-0142")]
    [InlineData("1 (303) 555-0142")]
    [InlineData("+1 303 555 0142")]
    [InlineData("+1 (303) 555-0142")]
    [InlineData("(+1) 303-555-0142")]
    [InlineData("+13035550142")]
    [InlineData("011 1 303 555 0142")]
    [InlineData("tel:+1-303-555-0142")]
    [InlineData("TEL: +1-303-555-0142")]
    [InlineData("  303–555—0142  ")]
    [InlineData("303\u00A0555\u20110142")]
    [InlineData("303−555−0142")]
    [InlineData("\u202A+1 303-555-0142\u202C")]
    [InlineData("\u2068303-555-0142\u2069")]
    public void TryRead_AnyUsualUsForm_IsTheSameNumber(string text) => Reads("US", text, "+13035550142");

    [Theory]
    [InlineData("US", "011 44 7700 900123", "44", "7700900123")]
    [InlineData("US", "+44 7700 900123", "44", "7700900123")]
    [InlineData("US", "+44 (0)7700 900123", "44", "7700900123")]
    [InlineData("GB", "07700 900123", "44", "7700900123")]
    [InlineData("GB", "7700900123", "44", "7700900123")]
    [InlineData("GB", "0044 7700 900123", "44", "7700900123")]
    [InlineData("GB", "0044 (0) 7700 900123", "44", "7700900123")]
    [InlineData("GB", "00 1 303 555 0142", "1", "3035550142")]
    [InlineData("BR", "(11) 95555-0142", "55", "11955550142")]
    [InlineData("BR", "0 11 95555-0142", "55", "11955550142")]
    [InlineData("BR", "11 5555-0142", "55", "1155550142")]
    [InlineData("DE", "030 5550142", "49", "305550142")]
    [InlineData("DE", "+49 (0)30 5550142", "49", "305550142")]
    [InlineData("DE", "0151/55501420", "49", "15155501420")]
    [InlineData("IT", "06 5550 0142", "39", "0655500142")]
    [InlineData("IT", "+39 06 5550 0142", "39", "0655500142")]
    [InlineData("AU", "0011 1 303 555 0142", "1", "3035550142")]
    [InlineData("ES", "655 550 142", "34", "655550142")]
    [InlineData("CA", "303-555-0142", "1", "3035550142")]
    public void TryRead_OtherRegions_FollowTheirDiallingPlan(
        string region, string text, string countryCode, string national) => Reads(region, text, $"+{countryCode}{national}");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("+")]
    [InlineData("tel:")]
    [InlineData("1-303-FLOWERS")]
    [InlineData("303-555-0142 x12")]
    [InlineData("303-555-0142 ext. 12")]
    [InlineData("303-555-0142#12")]
    [InlineData("303-555-0142;ext=12")]
    [InlineData("303-555-0142, 303-555-0143")]
    [InlineData("555-0142")]
    [InlineData("72975")]
    [InlineData("729725")]
    [InlineData("911")]
    [InlineData("+72975")]
    [InlineData("103-555-0142")]
    [InlineData("303-155-0142")]
    [InlineData("303-555-01422")]
    [InlineData("2 303 555 0142")]
    [InlineData("++1 303 555 0142")]
    [InlineData("303+5550142")]
    [InlineData("anonymous")]
    [InlineData("303-555-014\0")]
    [InlineData("<script>3035550142</script>")]
    public void TryRead_NotADiallableNumber_IsRefused(string? text)
    {
        Assert.False(NumberingRegion.UnitedStates.TryRead(text, out var number));
        Assert.Null(number);
    }

    [Fact]
    public void TryRead_VeryLongText_IsRefused() =>
        Assert.False(NumberingRegion.UnitedStates.TryRead(new string('1', 10_000_000), out _));

    [Theory]
    [InlineData("us", true)]
    [InlineData("GB", true)]
    [InlineData("XX", false)]
    [InlineData("", false)]
    public void TryFind_ByIsoCode_InAnyCase(string code, bool known) =>
        Assert.Equal(known, NumberingRegion.TryFind(code, out _));

    [Fact]
    public void Codes_NameEveryRegion_ForErrorMessages() =>
        Assert.All(NumberingRegion.Codes, code => Assert.True(NumberingRegion.TryFind(code, out _)));

    private static void Reads(string regionCode, string text, string expected)
    {
        Assert.True(NumberingRegion.TryFind(regionCode, out var region));
        Assert.True(region.TryRead(text, out var number));
        Assert.Equal(expected, number.Reveal());
    }
}
