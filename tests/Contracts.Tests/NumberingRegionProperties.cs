using FsCheck;
using FsCheck.Fluent;

namespace PhoneMasking.Contracts.Tests;

public sealed class NumberingRegionProperties
{
    private static readonly string[] Separators = ["", " ", "-", ".", "/", " - ", "\u00A0", "\u2011", "  "];
    private static readonly string[] Prefixes = ["", "1", "1-", "+1", "+1 ", "(+1)", "011 1 ", "tel:+1-", " ", "\u202A+1 "];

    private static readonly NumberingRegion[] Regions = [.. NumberingRegion.Codes.Select(Find)];

    private static Gen<string> SubscriberNumbers =>
        from area in Gen.Choose(200, 999)
        from line in Gen.Choose(100, 199)
        select $"{area}5550{line}";

    private static Gen<string> WaysToWrite(string digits) =>
        from prefix in Gen.Elements(Prefixes)
        from brackets in Gen.Elements(true, false)
        from first in Gen.Elements(Separators)
        from second in Gen.Elements(Separators)
        from tail in Gen.Elements("", " ", "\u202C")
        select prefix + (brackets ? $"({digits[..3]})" : digits[..3]) + first + digits[3..6] + second + digits[6..] + tail;

    [Fact]
    public void TryRead_UsNumberWrittenInAnyWay_ReadsBackTheSame()
    {
        var cases =
            from digits in SubscriberNumbers
            from text in WaysToWrite(digits)
            select (Digits: digits, Text: text);

        Prop.ForAll(
            cases.ToArbitrary(),
            written => NumberingRegion.UnitedStates.TryRead(written.Text, out var number)
                && number.Reveal() == "+1" + written.Digits).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void TryRead_AnyText_NeverThrowsAndReadsBackTheSameInEveryRegion() =>
        Prop.ForAll<string>(ReadsBackTheSame).QuickCheckThrowOnFailure();

    [Fact]
    public void TryRead_DigitsInAnyRegion_ReadBackTheSameInEveryRegion()
    {
        var typed =
            from length in Gen.Choose(1, 16)
            from digits in Gen.ArrayOf(Gen.Elements("0123456789".ToCharArray()), length)
            select new string(digits);

        Prop.ForAll(typed.ToArbitrary(), ReadsBackTheSame).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    private static bool ReadsBackTheSame(string text) => Regions.All(region =>
        !region.TryRead(text, out var number)
        || Regions.All(other => other.TryRead(number.Reveal(), out var again) && again == number));

    private static NumberingRegion Find(string code) =>
        NumberingRegion.TryFind(code, out var region) ? region : throw new InvalidOperationException(code);
}
