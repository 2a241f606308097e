namespace PhoneMasking.Twilio;

/// <summary>
/// A read, an update or a release did not succeed, retries included. Sends and purchases return outcomes instead. The
/// message names the operation, the status and the code, never a telephone number or a text.
/// </summary>
/// <param name="operation">What was tried, in product words without personal data.</param>
/// <param name="reason">Why there is no answer, when <paramref name="error"/> is absent.</param>
/// <param name="error">Twilio's answer, if there was one.</param>
/// <param name="retryAfter">How long Twilio asks to wait, if it said so.</param>
/// <param name="innerException">The failure underneath, if any.</param>
public sealed class TwilioApiException(
    string operation,
    string reason,
    TwilioError? error,
    TimeSpan? retryAfter,
    Exception? innerException)
    : Exception($"Twilio: {operation} failed: {error?.ToString() ?? reason}.", innerException)
{
    private const int RequestTimeout = 408;
    private const int TooManyRequests = 429;
    private const int FirstServerError = 500;

    /// <summary>Twilio's answer, or null when there was none that could be read.</summary>
    public TwilioError? Error { get; } = error;

    /// <summary>The answer's HTTP status, or null when there was no answer.</summary>
    public int? HttpStatus => Error?.HttpStatus;

    /// <summary>Twilio's error code, if it gave one.</summary>
    public int? Code => Error?.Code;

    /// <summary>How long Twilio asks to wait, if it said so.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>Whether the same request may well succeed later: no answer, 408, 429 or 5xx.</summary>
    public bool IsTransient => HttpStatus is null or RequestTimeout or TooManyRequests or >= FirstServerError;
}
