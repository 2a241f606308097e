namespace PhoneMasking.AlertService.Emails.Writing;

/// <summary>One template: subject and text of its <c>.txt</c> file, HTML of its <c>.html</c> file, each inside its layout.</summary>
internal sealed class EmailTemplate
{
    private const string SubjectLine = "Subject:";
    private const string Content = "{{content}}";
    private const string Subject = "subject";

    private readonly TemplateText _subject;
    private readonly IReadOnlyList<TemplateText> _text;
    private readonly IReadOnlyList<TemplateText> _html;

    /// <summary>Reads a template from its files.</summary>
    /// <param name="files">All files.</param>
    /// <param name="name">The template's name.</param>
    /// <param name="sample">Values as it will get them.</param>
    /// <param name="report">Gets a sentence for each thing that is wrong.</param>
    public EmailTemplate(TemplateFiles files, string name, EmailValues sample, Action<string> report)
    {
        var (text, html) = (files[name + ".txt"], files[name + ".html"]);
        var (subject, textFrom) = FindSubject(text, report);
        sample[Subject] = subject;
        _subject = Parse(text.Name, subject, 1, sample, report);
        _text = InLayout(files[TemplateFiles.Layout + ".txt"], text, textFrom, sample, report);
        _html = InLayout(files[TemplateFiles.Layout + ".html"], html, 0, sample, report);
        IsOverridden = text.IsOverride || html.IsOverride;
    }

    /// <summary>Whether one of its two files is the owner's.</summary>
    public bool IsOverridden { get; }

    public WrittenEmail Write(EmailValues values)
    {
        var subject = Encoding.ForSubject(_subject.Render(values, Encoding.ForText));
        values[Subject] = subject;
        return new WrittenEmail(
            subject,
            string.Concat(_text.Select(part => part.Render(values, Encoding.ForText))),
            string.Concat(_html.Select(part => part.Render(values, Encoding.ForHtml))));
    }

    /// <summary>The subject, and where the text begins.</summary>
    private static (string Subject, int TextFrom) FindSubject(TemplateFile file, Action<string> report)
    {
        var end = file.Text.IndexOf('\n', StringComparison.Ordinal);
        var subject = end > 0 && file.Text.StartsWith(SubjectLine, StringComparison.OrdinalIgnoreCase)
            ? file.Text[SubjectLine.Length..end].Trim()
            : string.Empty;
        if (subject.Length == 0)
        {
            report($"{file.Name}: line 1: must be the subject, as \"{SubjectLine} Something happened\"");
            return (subject, 0);
        }

        var rest = file.Text.AsSpan(end);
        return (subject, file.Text.Length - rest.TrimStart("\r\n").Length);
    }

    private static TemplateText[] InLayout(
        TemplateFile layout, TemplateFile file, int from, EmailValues sample, Action<string> report)
    {
        var halves = layout.Text.Split(Content);
        if (halves.Length != 2)
        {
            report($"{layout.Name}: must hold {Content} exactly once");
            halves = [string.Concat(halves), string.Empty];
        }

        return
        [
            Parse(layout.Name, halves[0], 1, sample, report),
            Parse(file.Name, file.Text[from..], LineAt(file.Text, from), sample, report),
            Parse(layout.Name, halves[1], LineAt(halves[0], halves[0].Length), sample, report),
        ];
    }

    private static int LineAt(string text, int index) => 1 + text.AsSpan(0, index).Count('\n');

    private static TemplateText Parse(string file, string text, int firstLine, EmailValues sample, Action<string> report)
    {
        var parsed = TemplateText.Parse(text, problem => report($"{file}: {problem}"), firstLine);
        foreach (var problem in parsed.FindUnknown(sample))
        {
            report($"{file}: {problem}");
        }

        return parsed;
    }
}
