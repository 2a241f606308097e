namespace PhoneMasking.AlertService.Emails.Writing;

/// <summary>An e-mail ready to be sent.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Text">The plain text.</param>
/// <param name="Html">The whole HTML document.</param>
internal sealed record WrittenEmail(string Subject, string Text, string Html);

/// <summary>The templates, read and checked once at start.</summary>
internal sealed class EmailTemplates
{
    /// <summary>Fills <c>{{console}}</c>, which every template has.</summary>
    private const string Console = "console";

    private readonly Dictionary<string, EmailTemplate> _templates;

    private EmailTemplates(Dictionary<string, EmailTemplate> templates) => _templates = templates;

    /// <summary>Reads the templates.</summary>
    /// <param name="overrides">The owner's folder: a file there takes the place of the one of the same name. None: no such folder.</param>
    /// <param name="problems">A sentence, with file and line, for each thing that is wrong; empty when all is well.</param>
    public static EmailTemplates Load(string? overrides, out IReadOnlyList<string> problems)
    {
        var found = new List<string>();
        var files = TemplateFiles.Read(overrides, [.. SampleEmails.All.Select(sample => sample.Template)], found.Add);
        var templates = SampleEmails.All.ToDictionary(
            sample => sample.Template,
            sample => new EmailTemplate(files, sample.Template, Values(sample, SampleEmails.ConsoleUrl), found.Add));
        problems = [.. found.Distinct()];
        return new EmailTemplates(templates);
    }

    /// <summary>Whether a file of the owner's folder is used for this template; false when there is no such template.</summary>
    public bool IsOverridden(string template) => _templates.TryGetValue(template, out var found) && found.IsOverridden;

    /// <summary>Writes an e-mail.</summary>
    /// <param name="email">What to write.</param>
    /// <param name="console">The console's address, for the link; none leaves the link out.</param>
    public WrittenEmail Write(OwnerEmail email, Uri? console) =>
        _templates[email.Template].Write(Values(email, console?.AbsoluteUri));

    private static EmailValues Values(OwnerEmail email, string? console)
    {
        var values = email.Values;
        values[Console] = console;
        return values;
    }
}
