namespace PhoneMasking.AlertService.Emails.Sending;

/// <summary>Every way that an attempt to send an e-mail can end.</summary>
internal abstract record EmailOutcome
{
    private EmailOutcome()
    {
    }

    /// <summary>The other side has it.</summary>
    /// <param name="ProviderId">Its id of it, if it gave one.</param>
    internal sealed record Accepted(string? ProviderId) : EmailOutcome;

    /// <summary>The other side surely has not taken it.</summary>
    /// <param name="Problem">Why, as a word such as <c>http-429</c>.</param>
    /// <param name="RetryAfter">How long the other side wants to be left alone.</param>
    internal sealed record Refused(string Problem, TimeSpan? RetryAfter = null) : EmailOutcome;

    /// <summary>The other side may have taken it.</summary>
    /// <param name="Problem">Why nobody knows, as a word such as <c>timeout</c>.</param>
    internal sealed record Unsure(string Problem) : EmailOutcome;

    /// <summary>Nobody knows, and a repeat cannot find out.</summary>
    /// <param name="Problem">Why, as a word.</param>
    internal sealed record Lost(string Problem) : EmailOutcome;
}
