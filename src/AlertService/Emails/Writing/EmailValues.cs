namespace PhoneMasking.AlertService.Emails.Writing;

/// <summary>What the placeholders of a template stand for: texts, and lists whose items have values of their own.</summary>
internal sealed class EmailValues
{
    private readonly Dictionary<string, string?> _texts = [];
    private readonly Dictionary<string, IReadOnlyList<EmailValues>> _lists = [];

    /// <summary>All names, in alphabetical order.</summary>
    public IEnumerable<string> Names => _texts.Keys.Concat(_lists.Keys).Order(StringComparer.Ordinal);

    /// <summary>Sets a text; null and empty are the same: a section of that name is left out.</summary>
    public string? this[string name]
    {
        set => _texts[name] = value;
    }

    /// <summary>Sets a list.</summary>
    public EmailValues With(string name, IEnumerable<EmailValues> items)
    {
        _lists[name] = [.. items];
        return this;
    }

    public bool HasText(string name) => _texts.ContainsKey(name);

    public string? Text(string name) => _texts.GetValueOrDefault(name);

    public IReadOnlyList<EmailValues>? List(string name) => _lists.GetValueOrDefault(name);
}
