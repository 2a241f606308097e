using System.Globalization;
using PhoneMasking.Simulator.Handsets;

namespace PhoneMasking.Simulator.Numbers;

/// <summary>
/// The numbers on sale: fiction's only. NANP 555-0100 to 0199 of each area code; Ofcom 07700 900000 to 900999.
/// </summary>
internal sealed class AvailableNumbers(NumberDirectory owned, People people)
{
    private const int NanpFirst = 100;
    private const int NanpCount = 100;
    private const int BritishCount = 1000;

    /// <summary>
    /// Numbers of an area code that nobody has, in order. An area code may be any that the plan allows.
    /// </summary>
    public IEnumerable<string> InAreaCode(string areaCode) => Free(Enumerable.Range(NanpFirst, NanpCount)
        .Select(line => string.Create(CultureInfo.InvariantCulture, $"+1{areaCode}555{line:0000}")));

    /// <summary>British numbers that nobody has, in order.</summary>
    public IEnumerable<string> British() => Free(Enumerable.Range(0, BritishCount)
        .Select(line => string.Create(CultureInfo.InvariantCulture, $"+447700900{line:000}")));

    /// <summary>Whether the text can be an area code.</summary>
    public static bool IsAreaCode(string text) =>
        text.Length == 3 && text[0] is >= '2' and <= '9' && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>Whether the number is on sale now.</summary>
    public bool Contains(string number) =>
        (E164.IsNanp(number) ? InAreaCode(number[2..5]) : British()).Contains(number);

    private IEnumerable<string> Free(IEnumerable<string> numbers)
    {
        var handsets = people.List().Select(person => person.Number).ToHashSet();
        return numbers.Where(number => !owned.Owns(number) && !handsets.Contains(number));
    }
}
