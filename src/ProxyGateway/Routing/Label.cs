using System.Globalization;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Routing;

/// <summary>Puts the client's name before a text, and splits what no longer fits.</summary>
internal static class Label
{
    /// <summary>The most characters of a text's body. Source: Twilio, error 21617.</summary>
    public const int MaxLength = 1600;

    private const int MaxName = 60;

    /// <summary>
    /// The neutral name of a sender nobody knows: the last two digits only. Plain characters, because one outside the
    /// GSM-7 alphabet would more than double the price of the text.
    /// </summary>
    public static string NeutralName(E164Number number) => $"Client {number.LastTwoDigits}";

    /// <summary>A client's name as the prefix shows it; the neutral one when nothing of it can be shown.</summary>
    public static string NameOf(string name, E164Number number) => Clean(name) is { Length: > 0 } clean ? clean : NeutralName(number);

    /// <summary>The texts that carry <paramref name="body"/> as <c>[name]: body</c>; no character of it is lost.</summary>
    public static IReadOnlyList<string> Prefixed(string name, string body)
    {
        var prefix = $"[{Clean(name)}]: ";
        return [.. Split(body, MaxLength - prefix.Length).Select(part => prefix + part)];
    }

    /// <summary>Splits a text at borders of user-perceived characters, at a space where there is one near the end.</summary>
    public static IEnumerable<string> Split(string body, int longest)
    {
        while (body.Length > longest)
        {
            var end = LastBorder(body, longest);
            yield return body[..end];
            body = body[end..];
        }

        yield return body;
    }

    private static int LastBorder(string body, int longest)
    {
        var space = body.LastIndexOf(' ', longest - 1, longest / 8);
        if (space > 0)
        {
            return space + 1;
        }

        var end = 0;
        while (true)
        {
            var length = StringInfo.GetNextTextElementLength(body, end);
            if (end + length > longest)
            {
                break;
            }

            end += length;
        }

        // A single "character" longer than a whole text (thousands of combining marks) is cut after all, but not within a code
        // point: half of one can be neither stored nor sent.
        return end > 0 ? end : char.IsHighSurrogate(body[longest - 1]) ? longest - 1 : longest;
    }

    // A name with a bracket or a line break could pass for somebody else's label.
    private static string Clean(string name)
    {
        var clean = new string([.. name
            .Select(character => char.IsControl(character) ? ' ' : character switch { '[' => '(', ']' => ')', _ => character })
            .Take(MaxName)]).Trim();
        return char.IsHighSurrogate(clean.Length > 0 ? clean[^1] : ' ') ? clean[..^1] : clean;
    }
}
