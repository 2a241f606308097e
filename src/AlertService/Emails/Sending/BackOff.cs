namespace PhoneMasking.AlertService.Emails.Sending;

/// <summary>The growing waits between attempts.</summary>
internal static class BackOff
{
    private const int MostDoublings = 16;

    /// <summary>The wait after a number of attempts: doubled each time, limited, and spread by a quarter either way.</summary>
    public static TimeSpan After(int attempts, EmailOptions options)
    {
        var doubled = options.RetryDelay * Math.Pow(2, Math.Min(Math.Max(attempts, 1) - 1, MostDoublings));
        var limited = doubled < options.MaxRetryDelay ? doubled : options.MaxRetryDelay;
#pragma warning disable CA5394 // Spreads load; nothing secret.
        return limited * (0.75 + (Random.Shared.NextDouble() / 2));
#pragma warning restore CA5394
    }
}
