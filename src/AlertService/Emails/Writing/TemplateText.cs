using System.Text;
using System.Text.RegularExpressions;

namespace PhoneMasking.AlertService.Emails.Writing;

/// <summary>
/// A text with placeholders: <c>{{name}}</c> stands for a value, <c>{{#name}}…{{/name}}</c> is repeated for each item of a
/// list and left out when a text is empty, <c>{{^name}}…{{/name}}</c> is the opposite.
/// </summary>
/// <remarks>No logic and no raw values: whatever a value holds is encoded, so that it cannot become markup or a header.</remarks>
internal sealed partial class TemplateText
{
    private readonly IReadOnlyList<Piece> _pieces;

    private TemplateText(IReadOnlyList<Piece> pieces) => _pieces = pieces;

    /// <summary>Reads a template.</summary>
    /// <param name="text">The template.</param>
    /// <param name="report">Gets a sentence, with its line, for each thing that is wrong.</param>
    /// <param name="firstLine">The line of the file that the text begins at.</param>
    public static TemplateText Parse(string text, Action<string> report, int firstLine = 1)
    {
        var open = new Stack<(Section Section, List<Piece> Outer)>();
        var pieces = new List<Piece>();
        var at = 0;
        foreach (Match tag in Tag.Matches(text))
        {
            AddLiteral(text[at..tag.Index]);
            at = tag.Index + tag.Length;
            var line = Line(tag.Index);
            var name = tag.Groups["name"].Value;
            switch (tag.Groups["kind"].Value)
            {
                case "":
                    pieces.Add(new Value(name, line));
                    break;
                case "/" when open.Count == 0 || open.Peek().Section.Name != name:
                    report($"line {line}: {{{{/{name}}}}} closes nothing that is open");
                    break;
                case "/":
                    pieces = open.Pop().Outer;
                    break;
                case var kind:
                    var section = new Section(name, kind == "^", [], line);
                    pieces.Add(section);
                    open.Push((section, pieces));
                    pieces = section.Pieces;
                    break;
            }
        }

        AddLiteral(text[at..]);
        foreach (var (section, outer) in open)
        {
            report($"line {section.Line}: {{{{{(section.IsInverted ? '^' : '#')}{section.Name}}}}} is not closed");
            pieces = outer;
        }

        return new TemplateText(pieces);

        int Line(int index) => firstLine + text.AsSpan(0, index).Count('\n');

        void AddLiteral(string literal)
        {
            if (literal.Contains("{{", StringComparison.Ordinal) || literal.Contains("}}", StringComparison.Ordinal))
            {
                report($"after line {Line(at)}: braces that are no placeholder such as {{{{name}}}}");
            }

            pieces.Add(new Literal(literal));
        }
    }

    /// <summary>Finds placeholders that no value stands for.</summary>
    /// <param name="sample">Values as the template gets them, with at least one item in each list.</param>
    public IEnumerable<string> FindUnknown(EmailValues sample) => FindUnknown(_pieces, [sample]);

    /// <summary>Fills the template.</summary>
    /// <param name="values">The values.</param>
    /// <param name="encode">Makes a value harmless where it goes.</param>
    public string Render(EmailValues values, Func<string, string> encode)
    {
        var output = new StringBuilder();
        Render(_pieces, [values], encode, output);
        return output.ToString();
    }

    private static IEnumerable<string> FindUnknown(IReadOnlyList<Piece> pieces, EmailValues[] scopes)
    {
        foreach (var piece in pieces)
        {
            if (piece is Value value && !scopes.Any(scope => scope.HasText(value.Name)))
            {
                yield return $"line {value.Line}: there is no {{{{{value.Name}}}}}; there is {Names(scopes)}";
            }

            if (piece is Section section)
            {
                var list = scopes.Select(scope => scope.List(section.Name)).FirstOrDefault(found => found is not null);
                if (list is null && !scopes.Any(scope => scope.HasText(section.Name)))
                {
                    yield return $"line {section.Line}: there is no {{{{{section.Name}}}}}; there is {Names(scopes)}";
                    continue;
                }

                var inner = list is [var first, ..] && !section.IsInverted ? [first, .. scopes] : scopes;
                foreach (var problem in FindUnknown(section.Pieces, inner))
                {
                    yield return problem;
                }
            }
        }
    }

    private static string Names(EmailValues[] scopes) => string.Join(", ", scopes.SelectMany(scope => scope.Names).Distinct());

    private static void Render(
        IReadOnlyList<Piece> pieces, EmailValues[] scopes, Func<string, string> encode, StringBuilder output)
    {
        foreach (var piece in pieces)
        {
            switch (piece)
            {
                case Literal literal:
                    output.Append(literal.Text);
                    break;
                case Value value:
                    output.Append(encode(Text(scopes, value.Name)));
                    break;
                case Section section:
                    Render(section, scopes, encode, output);
                    break;
            }
        }
    }

    private static void Render(Section section, EmailValues[] scopes, Func<string, string> encode, StringBuilder output)
    {
        var list = scopes.Select(scope => scope.List(section.Name)).FirstOrDefault(found => found is not null);
        var isEmpty = list is null ? Text(scopes, section.Name).Length == 0 : list.Count == 0;
        if (isEmpty != section.IsInverted)
        {
            return;
        }

        if (section.IsInverted || list is null)
        {
            Render(section.Pieces, scopes, encode, output);
            return;
        }

        foreach (var item in list)
        {
            Render(section.Pieces, [item, .. scopes], encode, output);
        }
    }

    private static string Text(EmailValues[] scopes, string name) =>
        scopes.FirstOrDefault(scope => scope.HasText(name))?.Text(name) ?? string.Empty;

    // A section's tag that stands alone on its line takes the line with it.
    [GeneratedRegex(
        @"^[ \t]*\{\{(?<kind>[#^/])(?<name>[a-z][a-z-]*)\}\}[ \t]*\r?\n"
        + @"|(?<!\{)\{\{(?<kind>[#^/]?)(?<name>[a-z][a-z-]*)\}\}(?!\})",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Tag { get; }

    private abstract record Piece;

    private sealed record Literal(string Text) : Piece;

    private sealed record Value(string Name, int Line) : Piece;

    private sealed record Section(string Name, bool IsInverted, List<Piece> Pieces, int Line) : Piece;
}
