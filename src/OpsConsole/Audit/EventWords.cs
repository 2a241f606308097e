using System.Text;

namespace PhoneMasking.OpsConsole.Audit;

/// <summary>Names of events as people read them.</summary>
internal static class EventWords
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

        return words.ToString();
    }
}
