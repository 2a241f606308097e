namespace PhoneMasking.Airtable;

/// <summary>
/// A call to Airtable did not succeed, retries included. The message names the operation, the status and the type, never
/// the token, a value or a record.
/// </summary>
/// <param name="operation">What was tried, in words without personal data.</param>
/// <param name="failure">How it failed.</param>
/// <param name="reason">Why there is no answer, when <paramref name="error"/> is absent.</param>
/// <param name="error">Airtable's answer, if there was one.</param>
/// <param name="isOutcomeUnknown">Whether the change may have been made all the same.</param>
/// <param name="innerException">The failure underneath, if any.</param>
public sealed class AirtableApiException(
    string operation,
    AirtableFailure failure,
    string reason,
    AirtableError? error,
    bool isOutcomeUnknown,
    Exception? innerException)
    : Exception($"Airtable: {operation} failed: {error?.ToString() ?? reason}.", innerException)
{
    /// <summary>How it failed.</summary>
    public AirtableFailure Failure { get; } = failure;

    /// <summary>Airtable's answer, or null when there was none.</summary>
    public AirtableError? Error { get; } = error;

    /// <summary>
    /// Whether something that must not happen twice (creating, deleting) may have happened: look before trying again.
    /// </summary>
    public bool IsOutcomeUnknown { get; } = isOutcomeUnknown;

    /// <summary>
    /// How many records of the call were written before the failure, in the order they were given: whole batches.
    /// </summary>
    public int RecordsDone { get; internal set; }

    /// <summary>Whether the same call may well succeed later.</summary>
    public bool IsTransient => Failure is
        AirtableFailure.RateLimited or AirtableFailure.Unavailable or AirtableFailure.NoAnswer or AirtableFailure.NotAsked;
}
