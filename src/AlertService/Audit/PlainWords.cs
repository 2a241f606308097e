using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;
using PhoneMasking.Contracts;

namespace PhoneMasking.AlertService.Audit;

/// <summary>
/// Words that can be stored and shown to anybody: short, printable and without telephone numbers. Events hold no numbers; a
/// mistake in one of them must not stay in a log that cannot be changed.
/// </summary>
internal static partial class PlainWords
{
    /// <summary>Makes words plain.</summary>
    /// <param name="text">The words.</param>
    /// <param name="longest">The most characters to keep.</param>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Of(string? text, int longest)
    {
        if (text is null)
        {
            return null;
        }

        // Read as runes: halves of surrogate pairs, which PostgreSQL does not keep, become U+FFFD.
        var plain = new StringBuilder(Math.Min(text.Length, longest));
        foreach (var rune in Number().Replace(text, found => E164Number.Redact(found.Value)).EnumerateRunes())
        {
            if (plain.Length + rune.Utf16SequenceLength > longest)
            {
                break;
            }

            plain.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }

        return plain.ToString();
    }

    /// <summary>Whether something in the text looks like a telephone number.</summary>
    public static bool HoldNumber(string text) => Number().IsMatch(text);

    // +13035550142, (303) 555-0142, 303-555-0142, and digits alone from ten on; not the groups of a UUID, a count or a code.
    [GeneratedRegex(@"\+[1-9]\d{6,14}|(?<![\w-])(?:1[ .-]?)?\(?\d{3}\)?[ .-]{1,2}\d{3}[ .-]\d{4}(?![\w-])|(?<![\w-])\d{10,15}(?![\w-])")]
    private static partial Regex Number();
}
