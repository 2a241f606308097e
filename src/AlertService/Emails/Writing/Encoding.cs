using System.Globalization;
using System.Net;
using System.Text;

namespace PhoneMasking.AlertService.Emails.Writing;

/// <summary>Makes values harmless: names come from people, and none may become markup, a line or a header.</summary>
internal static class Encoding
{
    private const int LongestSubject = 200;

    /// <summary>For plain text: one line, without characters that turn the reading direction.</summary>
    public static string ForText(string value)
    {
        var output = new StringBuilder(value.Length);
        foreach (var character in value)
        {
            switch (char.GetUnicodeCategory(character))
            {
                case UnicodeCategory.Control:
                case UnicodeCategory.LineSeparator:
                case UnicodeCategory.ParagraphSeparator:
                    output.Append(' ');
                    break;
                case UnicodeCategory.Format when character is not '\u200d' and not '\u200c':
                    break;
                default:
                    output.Append(character);
                    break;
            }
        }

        return output.ToString();
    }

    /// <summary>For HTML, also inside quoted attributes.</summary>
    public static string ForHtml(string value) => WebUtility.HtmlEncode(ForText(value));

    /// <summary>For a subject: one line of at most 200 characters.</summary>
    public static string ForSubject(string value)
    {
        var line = ForText(value).Trim();
        if (line.Length <= LongestSubject)
        {
            return line;
        }

        // Not in the middle of a character that has two halves.
        var length = char.IsHighSurrogate(line[LongestSubject - 2]) ? LongestSubject - 2 : LongestSubject - 1;
        return line[..length] + "…";
    }
}
