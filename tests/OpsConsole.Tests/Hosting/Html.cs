using System.Net;
using System.Text.RegularExpressions;

namespace PhoneMasking.OpsConsole.Tests.Hosting;

/// <summary>Reads the console's own pages: enough for tests, no parser.</summary>
internal static partial class Html
{
    public static IEnumerable<string> TextsOf(string page, string cssClass) =>
        Regex.Matches(page, $"<span class=\"{cssClass}\">([^<]*)</span>").Select(match => match.Groups[1].Value);

    public static string? LinkTo(string page, string text) =>
        Links().Matches(page).FirstOrDefault(match => match.Groups[2].Value.Trim() == text) is { } link
            ? WebUtility.HtmlDecode(link.Groups[1].Value)
            : null;

    /// <summary>The fields that Blazor and antiforgery put into the form of that name, ready to be posted.</summary>
    public static Dictionary<string, string> FieldsOf(string page, string formName)
    {
        var form = Forms().Matches(page).First(match => match.Value.Contains(formName, StringComparison.Ordinal)).Value;
        return Hidden().Matches(form).ToDictionary(
            match => WebUtility.HtmlDecode(match.Groups[1].Value),
            match => WebUtility.HtmlDecode(match.Groups[2].Value));
    }

    [GeneratedRegex("<a [^>]*href=\"([^\"]*)\"[^>]*>([^<]*)</a>")]
    private static partial Regex Links();

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
