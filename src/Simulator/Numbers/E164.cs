using System.Diagnostics.CodeAnalysis;

namespace PhoneMasking.Simulator.Numbers;

/// <summary>Decides what Twilio would accept as a telephone number.</summary>
internal static class E164
{
    private const int NanpLength = 12;
    private const int FewestDigits = 7;
    private const int MostDigits = 15;

    /// <summary>
    /// Whether the text is a plus sign and 7 to 15 digits. Numbers of +1 must also have ten digits with an area code
    /// and an exchange that begin with 2 to 9, as the North American plan demands.
    /// </summary>
    public static bool IsValid([NotNullWhen(true)] string? text)
    {
        if (text is not ['+', >= '1' and <= '9', ..] || text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            return false;
        }

        return IsNanp(text)
            ? text.Length == NanpLength && text[2] >= '2' && text[5] >= '2'
            : text.Length - 1 is >= FewestDigits and <= MostDigits;
    }

    /// <summary>
    /// Whether the number belongs to the North American plan, which is the only one with area codes here.
    /// </summary>
    public static bool IsNanp(string number) => number.StartsWith("+1", StringComparison.Ordinal);

    /// <summary>
    /// The form people write, <c>(303) 555-0142</c>, for North American numbers; others stay as they are.
    /// </summary>
    public static string Friendly(string number) =>
        IsNanp(number) && number.Length == NanpLength
            ? $"({number[2..5]}) {number[5..8]}-{number[8..]}"
            : number;
}
