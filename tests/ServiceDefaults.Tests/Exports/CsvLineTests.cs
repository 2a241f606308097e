using PhoneMasking.ServiceDefaults.Exports;

namespace PhoneMasking.ServiceDefaults.Tests.Exports;

public sealed class CsvLineTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("  =1+1", "'  =1+1")]
    [InlineData("+13035550151", "'+13035550151")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("\n=1", "\"'\n=1\"")]
    [InlineData("＝1", "'＝1")]
    [InlineData("a\nb", "\"a\nb\"")]
    public void Cell_IsTextForASpreadsheet(string? value, string cell) =>
        Assert.Equal($"{cell},end\r\n", CsvLine.Of([CsvLine.Harmless(value), "end"]));

    [Theory]
    [InlineData("plain")]
    [InlineData("a,b")]
    [InlineData("say \"hi\", \"you\"")]
    [InlineData("=1+1")]
    [InlineData("+13035550151")]
    [InlineData("'quoted'")]
    [InlineData("o'clock")]
    [InlineData("")]
    public void Cell_ThatWasWritten_IsReadAsItWas(string value)
    {
        var line = CsvLine.Of([CsvLine.Harmless(value), "end", null]);

        Assert.Equal([value, "end", ""], CsvLine.Read(line.TrimEnd()).Select(CsvLine.Plain));
    }

    [Fact]
    public void Line_WrittenByHand_IsReadWithoutTheSpacesAroundItsCells() =>
        Assert.Equal(["+13035550151", "a, b", ""], CsvLine.Read(" +13035550151 , \"a, b\" ,\r"));
}
