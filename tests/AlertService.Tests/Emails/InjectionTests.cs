using System.Net.Mail;
using System.Text.RegularExpressions;
using PhoneMasking.AlertService.Emails.Writing;
using PhoneMasking.Contracts;

namespace PhoneMasking.AlertService.Tests.Emails;

/// <summary>Names come from people: none may become a header, a line or markup.</summary>
public sealed partial class InjectionTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 15, 17, 0, 0, TimeSpan.Zero);
    private static readonly EmailTemplates Templates = EmailTemplates.Load(overrides: null, out _);

    public static TheoryData<string> BadNames =>
    [
        "Ana\r\nBcc: all@example.com",
        "Ana\nContent-Type: text/html\n\n<b>hi</b>",
        "Ana\u2028Bcc: all@example.com",
        "Ana\u0085Bcc: all@example.com",
        "Ana\0\u0001\u007f",
        "Ana\u202egnp.exe",
    ];

    public static TheoryData<string> BadMarkup =>
    [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</td></tr></table><h1>Paid</h1>",
        "&lt;b&gt; <!-- -->",
        "{{console}}",
    ];

    [Theory]
    [MemberData(nameof(BadNames))]
    public void Subject_WithALineInAName_StaysOneLineAndAValidHeader(string name)
    {
        var email = Write(name);

        Assert.DoesNotContain(email.Subject, character => char.IsControl(character) || character is '\u2028' or '\u202e');
        using var message = new MailMessage("a@example.com", "b@example.com") { Subject = email.Subject };
        Assert.StartsWith("Ana", email.Subject);
    }

    [Theory]
    [MemberData(nameof(BadNames))]
    public void Text_WithALineInAName_HasNoLineMore(string name) =>
        Assert.Equal(Write("Ana").Text.Split('\n').Length, Write(name).Text.Split('\n', '\u2028', '\u0085').Length);

    [Theory]
    [MemberData(nameof(BadMarkup))]
    public void Html_WithMarkupInAName_HasTheSameElementsAsWithout(string name)
    {
        var (plain, marked) = (Write("Ana").Html, Write(name).Html);

        Assert.Equal(Tags(plain), Tags(marked));
        Assert.Contains(System.Net.WebUtility.HtmlEncode(name), marked);
    }

    [Fact]
    public void Html_OfEveryTemplateWithMarkupInEveryValue_HasTheSameElementsAsWithout()
    {
        const string Bad = "</p><script>alert(\"1\")</script><p a='";
        OwnerEmail Failed(string text) => new NumberFailedEmail(text, null, text, text, 1, At);
        OwnerEmail Removed(string text) => new SitterRemovedEmail(text, null, At);
        OwnerEmail Exhausted(string text) => new PoolExhaustedEmail(text, At);
        OwnerEmail Systemic(string text) => new SystemicFailuresEmail(
            6, TimeSpan.FromHours(24), At, At, [new(null, text, 1)], [], [new(text, 1)], [text]);
        OwnerEmail Unreachable(string text) => new SitterUnreachableEmail(text, 30005, text, text, At);
        OwnerEmail Blocked(string text) => new AccountBlockedEmail(30033, text, text, null, At);

        Assert.All([Failed, Removed, Exhausted, Systemic, Unreachable, Blocked], (Func<string, OwnerEmail> make) => Assert.Equal(
            Tags(Templates.Write(make("Ana"), null).Html), Tags(Templates.Write(make(Bad), null).Html)));
    }

    [Fact]
    public void Subject_OfAVeryLongName_IsCutBetweenCharacters()
    {
        var email = Write(string.Concat(Enumerable.Repeat("😀", 300)));

        Assert.InRange(email.Subject.Length, 150, 200);
        Assert.DoesNotContain('\ufffd', System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(email.Subject)));
    }

    private static WrittenEmail Write(string name) =>
        Templates.Write(new SitterAddedEmail(name, E164Number.Parse("+13035550131"), At), console: null);

    private static string[] Tags(string html) => [.. Tag.Matches(html).Select(match => match.Value)];

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag { get; }
}
