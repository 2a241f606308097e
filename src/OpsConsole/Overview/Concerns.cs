using System.Globalization;
using PhoneMasking.Contracts;
using PhoneMasking.OpsConsole.Alerts;
using PhoneMasking.OpsConsole.Inquiries;

namespace PhoneMasking.OpsConsole.Overview;

/// <summary>What may need the owner, counted by AlertService.</summary>
internal sealed class Concerns(Inquiry inquiry, TimeProvider clock)
{
    /// <summary>How long a failed e-mail is counted.</summary>
    private static readonly TimeSpan EmailWindow = TimeSpan.FromDays(7);

    /// <summary>All of them; a count that could not be had has no value.</summary>
    /// <param name="cancellationToken">Ends with the browser's request.</param>
    public async Task<IReadOnlyList<Concern>> AllAsync(CancellationToken cancellationToken)
    {
        var texts = TextsAsync(cancellationToken);
        var emails = EmailsAsync(cancellationToken);
        var letters = LettersAsync(cancellationToken);
        return [await texts, await emails, await letters];
    }

    private async Task<Concern> TextsAsync(CancellationToken cancellationToken)
    {
        var reply = await inquiry.AskAsync<ListFailures, FailurePage>(
            new ListFailures(OrganisationId.Default, null, 1), cancellationToken);
        var summary = (reply as Reply<FailurePage>.Given)?.Value.Summary;
        var hint = summary is null ? "lately" : $"in {FailureWords.Of(summary.Window)}";
        return new Concern("/alerts", "Texts failed for good", hint, Show(summary?.Permanent), summary?.Permanent > 0);
    }

    private async Task<Concern> EmailsAsync(CancellationToken cancellationToken)
    {
        var reply = await inquiry.AskAsync<ListEmails, EmailPage>(
            new ListEmails(OrganisationId.Default, null, Walk.PageSize, EmailState.Failed), cancellationToken);
        var since = clock.GetUtcNow() - EmailWindow;
        var count = (reply as Reply<EmailPage>.Given)?.Value.Items.Count(email => (email.EndedAt ?? email.CreatedAt) >= since);
        return new Concern("/alerts/emails?state=failed", "E-mails failed", "in 7 days", Show(count), count > 0);
    }

    private async Task<Concern> LettersAsync(CancellationToken cancellationToken)
    {
        var reply = await inquiry.AskAsync<ListDeadLetters, DeadLetterPage>(
            new ListDeadLetters(null, 1, DeadLetterState.Open), cancellationToken);
        var count = (reply as Reply<DeadLetterPage>.Given)?.Value.Open;
        return new Concern("/alerts/dead-letters", "Dead letters", "open", Show(count), count > 0);
    }

    private static string? Show(int? count) => count?.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Something that may need the owner.</summary>
/// <param name="Address">The page about it.</param>
/// <param name="Label">What is counted.</param>
/// <param name="Hint">More about what is counted.</param>
/// <param name="Count">How many; none when its service is away.</param>
/// <param name="Presses">Whether there is any.</param>
internal sealed record Concern(string Address, string Label, string Hint, string? Count, bool Presses);
