using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace PhoneMasking.Contracts;

/// <summary>
/// A telephone number in international form: a plus sign, then 7 to 15 digits, the first not zero.
/// </summary>
/// <remarks>
/// <para>Source: ITU-T Recommendation E.164 for the 15-digit limit. National dialling plans are not checked here:
/// a well-formed value may still be unassigned. <see cref="NumberingRegion.TryRead"/> reads what people type.</para>
/// <para>Personal data. <see cref="ToString"/> is redacted so that a number cannot reach a log by accident;
/// call <see cref="Reveal"/> only where the number goes to a carrier, a database or its owner's screen.</para>
/// <para>A class, not a struct: no default telephone number exists, so the default must be null.</para>
/// </remarks>
[JsonConverter(typeof(E164NumberJsonConverter))]
public sealed record E164Number
{
    /// <summary>The most digits a number may have, the country code included. Source: ITU-T E.164.</summary>
    public const int MaxDigits = 15;

    /// <summary>
    /// The fewest digits accepted, the country code included. Ours, not E.164's: the shortest real subscriber numbers
    /// have seven, and short codes (five or six digits) must not pass for numbers.
    /// </summary>
    public const int MinDigits = 7;

    private readonly string _value;

    private E164Number(string value) => _value = value;

    /// <summary>Returns the full number, for example <c>+12025550100</c>.</summary>
    public string Reveal() => _value;

    /// <summary>
    /// Returns the redacted form: the first four digits and the last two, for example <c>+1202•••••00</c>; of a
    /// number with fewer than ten digits the last two only.
    /// </summary>
    public override string ToString() => Redact(_value);

    /// <summary>The last two digits, the label of a sender whose name is not known.</summary>
    public string LastTwoDigits => _value[^2..];

    /// <summary>Reads a number.</summary>
    /// <param name="text">The number in E.164 form.</param>
    /// <exception cref="FormatException">
    /// <paramref name="text"/> is not in E.164 form. The message does not repeat it.
    /// </exception>
    public static E164Number Parse(string text) =>
        TryParse(text, out var number)
            ? number
            : throw new FormatException("Not an E.164 number: expected a plus sign, then 7 to 15 digits.");

    /// <summary>Reads a number without throwing. Accepts no spaces, brackets or dashes.</summary>
    /// <param name="text">The number in E.164 form.</param>
    /// <param name="number">The number, when the text is one.</param>
    /// <returns><see langword="true"/> when <paramref name="text"/> is in E.164 form.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out E164Number? number)
    {
        number = IsWellFormed(text) ? new E164Number(text) : null;
        return number is not null;
    }

    /// <summary>Redacts what may or may not be a number: for addresses such as short codes and alphanumeric senders.</summary>
    /// <param name="address">Whatever stood in a From or To.</param>
    public static string Redact(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.Length switch
        {
            < 3 => "•••",
            < 11 => string.Concat("•••", address.AsSpan(address.Length - 2)),
            _ => string.Concat(
                address.AsSpan(0, 5),
                new string('•', address.Length - 7),
                address.AsSpan(address.Length - 2)),
        };
    }

    private static bool IsWellFormed([NotNullWhen(true)] string? text) =>
        text is ['+', >= '1' and <= '9', ..]
        && text.Length - 1 is >= MinDigits and <= MaxDigits
        && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;
}
