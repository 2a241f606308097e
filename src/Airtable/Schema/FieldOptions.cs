namespace PhoneMasking.Airtable.Schema;

/// <summary>What belongs to the type of a field. Which of them do depends on the type.</summary>
public sealed record FieldOptions
{
    /// <summary>Of a select: what can be chosen.</summary>
    public IReadOnlyList<FieldChoice>? Choices { get; init; }

    /// <summary>Of a number: places after the decimal point, 0 to 8.</summary>
    public int? Precision { get; init; }

    /// <summary>Of a date or moment: how the day is shown.</summary>
    public NamedFormat? DateFormat { get; init; }

    /// <summary>Of a moment: how the time is shown, <c>12hour</c> or <c>24hour</c>.</summary>
    public NamedFormat? TimeFormat { get; init; }

    /// <summary>Of a moment: the time zone in which it is shown, or <c>client</c> for that of who looks.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Of a link: the id of the table whose records are linked.</summary>
    public string? LinkedTableId { get; init; }

    /// <summary>Of a link: the id of its other side, a field of the linked table. Given by Airtable.</summary>
    public string? InverseLinkFieldId { get; init; }
}

/// <summary>One choice of a select.</summary>
/// <param name="Name">What is shown and written.</param>
public sealed record FieldChoice(string Name);

/// <summary>A way of showing days or times.</summary>
/// <param name="Name">Airtable's word for it, such as <c>iso</c>.</param>
public sealed record NamedFormat(string Name);
