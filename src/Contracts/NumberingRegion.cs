using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace PhoneMasking.Contracts;

/// <summary>
/// How people of one country write telephone numbers: enough of its dialling plan to read what they type as E.164.
/// </summary>
/// <remarks>
/// Sources: ITU-T E.164 country codes; ITU-T E.129 national numbering plans; NANPA for the form of +1 numbers
/// (area code and exchange both start with 2 to 9).
/// </remarks>
public sealed record NumberingRegion
{
    private const int MaxTyped = 64;

    private static readonly Dictionary<string, NumberingRegion> Known = new NumberingRegion[]
    {
        new("US", "1", "011", "1", 10, 10),
        new("CA", "1", "011", "1", 10, 10),
        new("GB", "44", "00", "0", 9, 10),
        new("IE", "353", "00", "0", 7, 9),
        new("AU", "61", "0011", "0", 9, 9),
        new("NZ", "64", "00", "0", 8, 10),
        new("DE", "49", "00", "0", 6, 13),
        new("FR", "33", "00", "0", 9, 9),
        new("NL", "31", "00", "0", 9, 9),
        new("ES", "34", "00", "", 9, 9),
        new("PT", "351", "00", "", 9, 9),
        new("IT", "39", "00", "", 6, 11),
        new("MX", "52", "00", "", 10, 10),
        new("BR", "55", "00", "0", 10, 11),
    }.ToDictionary(region => region.Code, StringComparer.OrdinalIgnoreCase);

    private readonly string _countryCode;
    private readonly string _internationalPrefix;
    private readonly string _trunkPrefix;
    private readonly int _minLength;
    private readonly int _maxLength;

    private NumberingRegion(
        string code, string countryCode, string internationalPrefix, string trunkPrefix, int minLength, int maxLength)
    {
        Code = code;
        _countryCode = countryCode;
        _internationalPrefix = internationalPrefix;
        _trunkPrefix = trunkPrefix;
        _minLength = minLength;
        _maxLength = maxLength;
    }

    /// <summary>The region's ISO 3166-1 code of two letters, for example <c>US</c>.</summary>
    public string Code { get; }

    /// <summary>The United States: the default region of an installation.</summary>
    public static NumberingRegion UnitedStates => Known["US"];

    /// <summary>The codes of every region known here, for error messages.</summary>
    public static IEnumerable<string> Codes => Known.Keys.Order(StringComparer.Ordinal);

    /// <summary>Finds a region by its ISO 3166-1 code, in any case.</summary>
    /// <param name="code">For example <c>US</c>.</param>
    /// <param name="region">The region, when it is known.</param>
    public static bool TryFind(string code, [NotNullWhen(true)] out NumberingRegion? region) =>
        Known.TryGetValue(code, out region);

    /// <summary>
    /// Reads a number as people write it: E.164 of any country, or this region's national and international forms, with
    /// spaces, dots, dashes, brackets and slashes, for example <c>(303) 555-0142</c>, <c>1-303-555-0142</c>,
    /// <c>011 44 7700 900123</c>, <c>tel:+13035550142</c>.
    /// </summary>
    /// <param name="text">What was typed.</param>
    /// <param name="number">The number, when the text is one.</param>
    /// <returns>
    /// <see langword="false"/> for anything else, an extension (<c>x12</c>) and letters included: a text cannot reach them.
    /// </returns>
    public bool TryRead([NotNullWhen(true)] string? text, [NotNullWhen(true)] out E164Number? number)
    {
        number = null;
        if (text is null || text.Length > MaxTyped || !TryKeepDigits(text, out var international, out var digits))
        {
            return false;
        }

        if (!international && digits.StartsWith(_internationalPrefix, StringComparison.Ordinal))
        {
            international = true;
            digits = digits[_internationalPrefix.Length..];
        }

        if (international)
        {
            digits = WithoutTrunkPrefix(digits);
        }
        else if (TryNational(digits, out var national))
        {
            digits = _countryCode + national;
        }
        else
        {
            return false;
        }

        return IsPossible(digits) && E164Number.TryParse("+" + digits, out number);
    }

    private bool TryNational(string digits, out string national)
    {
        national = StartsWithTrunkPrefix(digits) ? digits[_trunkPrefix.Length..] : digits;
        return national.Length >= _minLength && national.Length <= _maxLength && !StartsWithTrunkPrefix(national);
    }

    private bool StartsWithTrunkPrefix(string digits) =>
        _trunkPrefix.Length > 0 && digits.StartsWith(_trunkPrefix, StringComparison.Ordinal);

    // +44 (0)7700 900123: the zero is for callers inside the country; no number begins with its trunk prefix.
    private static string WithoutTrunkPrefix(string digits)
    {
        var region = Known.Values.FirstOrDefault(known =>
            known._trunkPrefix == "0" && digits.StartsWith(known._countryCode + "0", StringComparison.Ordinal));
        return region is null ? digits : region._countryCode + digits[(region._countryCode.Length + 1)..];
    }

    // Only the North American plan is strict enough to refuse more than a wrong length.
    private static bool IsPossible(string digits) =>
        !digits.StartsWith('1') || (digits.Length == 11 && digits[1] is >= '2' and <= '9' && digits[4] is >= '2' and <= '9');

    private static bool TryKeepDigits(string text, out bool international, out string digits)
    {
        international = false;
        digits = string.Empty;
        var kept = new StringBuilder(text.Length);
        var body = text.AsSpan().Trim();
        if (body.StartsWith("tel:", StringComparison.OrdinalIgnoreCase))
        {
            body = body[4..];
        }

        foreach (var character in body)
        {
            if (char.IsAsciiDigit(character))
            {
                kept.Append(character);
            }
            else if (character is '+' or '\uFF0B' && kept.Length == 0 && !international)
            {
                international = true;
            }
            else if (!IsSeparator(character))
            {
                return false;
            }
        }

        digits = kept.ToString();
        return digits.Length > 0;
    }

    // Format characters come with numbers pasted from a telephone's address book, dashes of all lengths from word processors.
    private static bool IsSeparator(char character) =>
        char.IsWhiteSpace(character)
        || character is '.' or '(' or ')' or '/' or '\u2212'
        || char.GetUnicodeCategory(character) is UnicodeCategory.DashPunctuation or UnicodeCategory.Format;
}
