using PhoneMasking.Airtable.Records;

namespace PhoneMasking.Airtable.Tests.Records;

public sealed class FormulaTests
{
    [Theory]
    [InlineData("Maria", "{Name}='Maria'")]
    [InlineData("O'Neil", @"{Name}='O\'Neil'")]
    [InlineData(@"a\b", @"{Name}='a\\b'")]
    [InlineData(@"\'", @"{Name}='\\\''")]
    [InlineData("a\r\n\tb", @"{Name}='a\r\n\tb'")]
    [InlineData("say \"hi\"", "{Name}='say \"hi\"'")]
    [InlineData("", "{Name}=''")]
    [InlineData("') OR TRUE() OR ('", @"{Name}='\') OR TRUE() OR (\''")]
    public void Value_OfAnyKind_StaysOneString(string value, string formula) =>
        Assert.Equal(formula, Formula.Is("Name", value).Reveal());

    [Fact]
    public void Name_WithABrace_IsEscaped() => Assert.Equal(@"{a{b\}c}='x'", Formula.Is("a{b}c", "x").Reveal());

    [Fact]
    public void Conditions_AreJoined() => Assert.Equal(
        "AND({A}='1',OR({B}='2',{C}='3'),NOT({D}='4'))",
        Formula.All(
            Formula.Is("A", "1"),
            Formula.Any(Formula.Is("B", "2"), Formula.Is("C", "3")),
            Formula.Not(Formula.Is("D", "4"))).Reveal());

    [Fact]
    public void Conditions_WhenThereAreNone_AreRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Formula.Any());

    [Fact]
    public void Formula_AsText_HidesItsValues() =>
        Assert.DoesNotContain("Maria", Formula.Is("Name", "Maria").ToString(), StringComparison.Ordinal);
}
