using System.Diagnostics.CodeAnalysis;
using System.Net.Mail;
using System.Text;
using PhoneMasking.Contracts;

namespace PhoneMasking.ServiceDefaults.Requests;

/// <summary>The limits that requests on the bus have in common. Each rule returns the refusal, or none.</summary>
public static class RequestRules
{
    /// <summary>The most items a page may have.</summary>
    public const int MaxPage = 200;

    /// <summary>The most characters a person's name may have.</summary>
    public const int MaxName = 100;

    // RFC 5321, 4.5.3.1.3, less the angle brackets.
    private const int MaxEmail = 254;

    /// <summary>A page has 1 to <see cref="MaxPage"/> items.</summary>
    /// <param name="limit">What was asked for.</param>
    public static Refused? PageLimit(int limit) =>
        limit is >= 1 and <= MaxPage ? null : Invalid("limit-out-of-range", $"Ask for 1 to {MaxPage} items.", "limit");

    /// <summary>A name has 1 to <see cref="MaxName"/> printable characters.</summary>
    /// <param name="name">What was given.</param>
    public static Refused? Name(string? name) =>
        IsPrintable(name) && name.Trim().Length is >= 1 and <= MaxName
            ? null
            : Invalid("invalid-name", $"A name has 1 to {MaxName} printable characters.", "name");

    /// <summary>An e-mail address may be left out; else it has a name, an at sign and a domain.</summary>
    /// <param name="email">What was given.</param>
    public static Refused? Email(string? email) =>
        string.IsNullOrEmpty(email)
        || (email.Length <= MaxEmail
            && IsPrintable(email)
            && MailAddress.TryCreate(email, out var address)
            && address.Address == email)
            ? null
            : Invalid("invalid-email", "An e-mail address looks like name@example.com.", "email");

    /// <summary>What is searched for has at most <see cref="MaxName"/> printable characters.</summary>
    /// <param name="search">What was given.</param>
    public static Refused? Search(string? search) =>
        search is null || (search.Length <= MaxName && IsPrintable(search))
            ? null
            : Invalid("invalid-search", $"Search for at most {MaxName} printable characters.", "search");

    /// <summary>Refuses a field.</summary>
    /// <param name="problem">Stable name in kebab case.</param>
    /// <param name="detail">What would be right; does not repeat what was given.</param>
    /// <param name="field">The field.</param>
    public static Refused Invalid(string problem, string detail, string field) =>
        new(RefusalKind.Invalid, problem, detail, field);

    /// <summary>A pattern for SQL's <c>ILIKE … ESCAPE '\'</c> that finds the text anywhere, taken literally.</summary>
    /// <param name="search">The text.</param>
    public static string LikePattern(string search)
    {
        ArgumentNullException.ThrowIfNull(search);
        return $"%{search.Trim().Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_")}%";
    }

    // PostgreSQL keeps neither null characters nor halves of surrogate pairs; no control character belongs in a name.
    private static bool IsPrintable([NotNullWhen(true)] string? text) =>
        text is not null
        && !text.Any(char.IsControl)
        && text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);
}
