namespace PhoneMasking.Simulator.Webhooks;

/// <summary>What came of a webhook after all attempts.</summary>
/// <param name="Status">HTTP status of the last answer; null when the last attempt got none.</param>
/// <param name="Attempts">Requests made, the fallback's included.</param>
/// <param name="Body">The answer's text, for a 2xx only; empty otherwise.</param>
/// <param name="Failure">Why there was no usable answer.</param>
/// <param name="ViaFallback">Whether the fallback URL was asked.</param>
internal sealed record WebhookOutcome(
    int? Status,
    int Attempts,
    string Body,
    WebhookFailure Failure,
    bool ViaFallback = false)
{
    /// <summary>Whether the answer was 2xx.</summary>
    public bool Succeeded => Failure == WebhookFailure.None;
}

/// <summary>Why a webhook failed.</summary>
internal enum WebhookFailure
{
    None,

    /// <summary>The answer was not 2xx.</summary>
    Status,

    /// <summary>No connection: refused, not resolved, no TLS, or slower than the connect time-out.</summary>
    Connect,

    /// <summary>Connected, but no whole answer within the time-out, or cut off.</summary>
    Read,

    /// <summary>The answer was larger than 64 KiB (Twilio's error 11750).</summary>
    TooLarge,
}
