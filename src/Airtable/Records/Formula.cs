using System.Text;

namespace PhoneMasking.Airtable.Records;

/// <summary>
/// A condition in Airtable's formula language, put together so that no value can end its string and become formula.
/// </summary>
/// <remarks>Often holds a telephone number or a name: <see cref="ToString"/> does not show it.</remarks>
public sealed class Formula
{
    private readonly string _text;

    private Formula(string text) => _text = text;

    /// <summary>True where a field holds exactly this text; the empty text is an empty field.</summary>
    /// <param name="field">The field's name.</param>
    /// <param name="value">Any text: quotes, backslashes and line ends are escaped.</param>
    public static Formula Is(string field, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        ArgumentNullException.ThrowIfNull(value);
        return new Formula($"{Name(field)}={Literal(value)}");
    }

    /// <summary>True where all conditions are.</summary>
    public static Formula All(params IReadOnlyList<Formula> conditions) => Join("AND", conditions);

    /// <summary>True where one condition is, or several.</summary>
    public static Formula Any(params IReadOnlyList<Formula> conditions) => Join("OR", conditions);

    /// <summary>True where a condition is not.</summary>
    public static Formula Not(Formula condition) => Join("NOT", [condition]);

    /// <summary>Returns the formula as Airtable reads it.</summary>
    public string Reveal() => _text;

    /// <summary>Returns nothing of the formula but its length.</summary>
    public override string ToString() => $"Formula of {_text.Length} characters";

    private static Formula Join(string function, IReadOnlyList<Formula> conditions)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        ArgumentOutOfRangeException.ThrowIfZero(conditions.Count, nameof(conditions));
        return new Formula($"{function}({string.Join(',', conditions.Select(condition => condition._text))})");
    }

    private static string Name(string field) => $"{{{field.Replace("}", "\\}", StringComparison.Ordinal)}}}";

    private static string Literal(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('\'');
        foreach (var character in value)
        {
            _ = character switch
            {
                '\\' => text.Append(@"\\"),
                '\'' => text.Append(@"\'"),
                '\n' => text.Append(@"\n"),
                '\r' => text.Append(@"\r"),
                '\t' => text.Append(@"\t"),
                _ => text.Append(character),
            };
        }

        return text.Append('\'').ToString();
    }
}
