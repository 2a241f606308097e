using System.Collections.Concurrent;
using System.Globalization;
using PhoneMasking.Simulator.Handsets;

namespace PhoneMasking.Simulator.Numbers;

/// <summary>
/// The numbers on sale: fiction's only. NANP 555-0100 to 0199 of each area code; Ofcom 07700 900000 to 900999. An area
/// code has all that nobody has, or a stock that was set. What is bought leaves the sale, what is given back returns.
/// </summary>
internal sealed class AvailableNumbers
{
    private const int NanpFirst = 100;
    private const int NanpCount = 100;
    private const int BritishCount = 1000;

    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, bool>> _stock = new();
    private readonly NumberDirectory _owned;
    private readonly People _people;

    public AvailableNumbers(NumberDirectory owned, People people)
    {
        _owned = owned;
        _people = people;
        owned.Released += Return;
    }

    /// <summary>Area codes with a stock that was set.</summary>
    public IEnumerable<string> Stocked => _stock.Keys;

    /// <summary>
    /// Numbers on sale in an area code, in order. An area code may be any that the plan allows.
    /// </summary>
    public IEnumerable<string> InAreaCode(string areaCode) => _stock.TryGetValue(areaCode, out var stock)
        ? Unowned(areaCode).Where(stock.ContainsKey)
        : Unowned(areaCode);

    /// <summary>British numbers that nobody has, in order.</summary>
    public IEnumerable<string> British() => Free(Enumerable.Range(0, BritishCount)
        .Select(line => string.Create(CultureInfo.InvariantCulture, $"+447700900{line:000}")));

    /// <summary>Whether the text can be an area code.</summary>
    public static bool IsAreaCode(string text) =>
        text.Length == 3 && text[0] is >= '2' and <= '9' && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>Whether the number is on sale now.</summary>
    public bool Contains(string number) =>
        (E164.IsNanp(number) ? InAreaCode(number[2..5]) : British()).Contains(number);

    /// <summary>Sets how many numbers an area code has on sale from now on: the first that nobody has.</summary>
    public void SetStock(string areaCode, int count) => _stock[areaCode] = new(
        Unowned(areaCode).Take(count).Select(number => KeyValuePair.Create(number, true)));

    /// <summary>Forgets every stock that was set.</summary>
    public void Reset() => _stock.Clear();

    private void Return(OwnNumber number)
    {
        if (E164.IsNanp(number.PhoneNumber) && _stock.TryGetValue(number.PhoneNumber[2..5], out var stock))
        {
            stock[number.PhoneNumber] = true;
        }
    }

    private IEnumerable<string> Unowned(string areaCode) => Free(Enumerable.Range(NanpFirst, NanpCount)
        .Select(line => string.Create(CultureInfo.InvariantCulture, $"+1{areaCode}555{line:0000}")));

    private IEnumerable<string> Free(IEnumerable<string> numbers)
    {
        var handsets = _people.List().Select(person => person.Number).ToHashSet();
        return numbers.Where(number => !_owned.Owns(number) && !handsets.Contains(number));
    }
}
