using System.Text;
using System.Text.RegularExpressions;

namespace PhoneMasking.OpsConsole.Audit;

/// <summary>Names of events, and why they happened, as people read them.</summary>
internal static partial class EventWords
{
    /// <summary><c>SessionOpened</c> becomes <c>Session opened</c>.</summary>
    /// <param name="name">The event's name.</param>
    public static string Of(string name)
    {
        var words = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (words.Length > 0 && char.IsAsciiLetterUpper(letter))
            {
                words.Append(' ').Append(char.ToLowerInvariant(letter));
            }
            else
            {
                words.Append(letter);
            }
        }

        return words.Replace("Api key", "API key").Replace("Email ", "E-mail ").ToString();
    }

    /// <summary><c>opted-out</c> becomes <c>opted out</c>, <c>StandbyReserved, Ready</c> becomes <c>Standby reserved, Ready</c>.</summary>
    /// <param name="why">A record's reason or details; none for none.</param>
    public static string? Why(string? why) => why switch
    {
        null or "" => null,
        "api" => "through the API",
        "command" => "by a command",
        "one-time-link" => "by a one-time link",
        _ when Words().IsMatch(why) => string.Join(", ", why.Split(", ").Select(Of)),
        _ when DashedWord().IsMatch(why) => why.Replace('-', ' '),
        _ => why,
    };

    [GeneratedRegex("^[A-Z][A-Za-z]+(, [A-Z][A-Za-z]+)*$")]
    private static partial Regex Words();

    [GeneratedRegex("^[A-Za-z0-9]+(-[A-Za-z0-9]+)+$")]
    private static partial Regex DashedWord();
}
