namespace PhoneMasking.Airtable;

/// <summary>Why Airtable refused a request: the body of its 4xx and 5xx answers.</summary>
/// <param name="HttpStatus">The answer's HTTP status, 400 to 599.</param>
/// <param name="Type">
/// Airtable's word for it, such as <c>UNKNOWN_FIELD_NAME</c>; absent when the answer was not Airtable's JSON.
/// </param>
/// <param name="Message">
/// Airtable's text. May repeat a value that was written, and with it personal data: <see cref="ToString"/> leaves it out.
/// </param>
public sealed record AirtableError(int HttpStatus, string? Type, string? Message)
{
    /// <summary>The type of the 429 that says that the workspace's calls of this month are used up.</summary>
    public const string BillingLimitExceeded = "PUBLIC_API_BILLING_LIMIT_EXCEEDED";

    /// <summary>Returns status and type, never the text.</summary>
    public override string ToString() => Type is null ? $"HTTP {HttpStatus}" : $"HTTP {HttpStatus}, {Type}";
}
