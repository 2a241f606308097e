namespace PhoneMasking.Airtable.Schema;

/// <summary>Airtable's words for the types of fields that are used; it has more.</summary>
public static class FieldTypes
{
    /// <summary>A line of text.</summary>
    public const string SingleLineText = "singleLineText";

    /// <summary>Text of many lines.</summary>
    public const string MultilineText = "multilineText";

    /// <summary>A telephone number, as any text.</summary>
    public const string PhoneNumber = "phoneNumber";

    /// <summary>A number; <see cref="FieldOptions.Precision"/> is required.</summary>
    public const string Number = "number";

    /// <summary>One of some choices; <see cref="FieldOptions.Choices"/> are required.</summary>
    public const string SingleSelect = "singleSelect";

    /// <summary>A day; <see cref="FieldOptions.DateFormat"/> is required.</summary>
    public const string Date = "date";

    /// <summary>A moment; both formats and the time zone are required.</summary>
    public const string DateTime = "dateTime";

    /// <summary>
    /// Links to records of another table, in which Airtable makes the other side; <see cref="FieldOptions.LinkedTableId"/>
    /// is required.
    /// </summary>
    public const string MultipleRecordLinks = "multipleRecordLinks";

    /// <summary>Computed from other fields. Cannot be made by the API.</summary>
    public const string Formula = "formula";
}
