using System.Globalization;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Routing;

namespace PhoneMasking.ProxyGateway.Tests.Routing;

public sealed class LabelTests
{
    [Fact]
    public void NeutralName_ShowsTheLastTwoDigitsOnly() =>
        Assert.Equal("Client 34", Label.NeutralName(E164Number.Parse("+13035550134")));

    [Theory]
    [InlineData("Maria Lopez", "[Maria Lopez]: hi")]
    [InlineData("Eve]: [Maria", "[Eve): (Maria]: hi")]
    [InlineData("Two\nlines", "[Two lines]: hi")]
    [InlineData("", "[]: hi")]
    public void Prefixed_NameCannotPassForAnotherLabel(string name, string expected) =>
        Assert.Equal([expected], Label.Prefixed(name, "hi"));

    [Theory]
    [InlineData(1589, 1)]
    [InlineData(1592, 2)]
    [InlineData(1600, 2)]
    [InlineData(4000, 3)]
    public void Prefixed_TextOfAnyLength_IsSplitNeverCut(int length, int parts)
    {
        var body = new string('x', length);

        var texts = Label.Prefixed("Maria", body);

        Assert.Equal(parts, texts.Count);
        Assert.All(texts, text => Assert.InRange(text.Length, 1, Label.MaxLength));
        Assert.Equal(body, string.Concat(texts.Select(text => text["[Maria]: ".Length..])));
    }

    [Theory]
    [InlineData("👩‍👩‍👧‍👦")]
    [InlineData("🏳️‍🌈")]
    [InlineData("e\u0301")]
    [InlineData("🇺🇸")]
    public void Split_NeverSplitsWhatLooksLikeOneCharacter(string character)
    {
        var body = string.Concat(Enumerable.Repeat(character, 400));

        var parts = Label.Split(body, 100).ToList();

        Assert.Equal(body, string.Concat(parts));
        Assert.All(parts, part => Assert.Equal(0, part.Length % character.Length));
        Assert.All(parts, part => Assert.InRange(new StringInfo(part).LengthInTextElements, 1, 100));
    }

    [Fact]
    public void Split_PrefersASpaceNearTheEnd()
    {
        var parts = Label.Split($"{new string('a', 95)} {new string('b', 60)}", 100).ToList();

        Assert.Equal([$"{new string('a', 95)} ", new string('b', 60)], parts);
    }

    [Fact]
    public void Split_OneCharacterLongerThanAText_IsCutAfterAll()
    {
        var body = "a" + new string('\u0301', 250);

        Assert.Equal(body, string.Concat(Label.Split(body, 100)));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(101)]
    public void Split_OneCharacterLongerThanAText_IsNeverCutWithinACodePoint(int longest)
    {
        var body = "a" + string.Concat(Enumerable.Repeat("\U000E0100", 200));

        var parts = Label.Split(body, longest).ToList();

        Assert.Equal(body, string.Concat(parts));
        Assert.All(parts, part => Assert.False(char.IsHighSurrogate(part[^1])));
    }
}
