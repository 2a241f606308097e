using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.AlertService.Emails.Sending;

/// <summary>Takes one e-mail, tries to send it, and decides what its end means.</summary>
internal sealed partial class EmailDesk(
    EmailQueue queue,
    IEmailSender sender,
    EmailMetrics metrics,
    IOptions<EmailOptions> options,
    TimeProvider clock,
    ILogger<EmailDesk> logger)
{
    // On top of the attempt's own time limit: the statements before and after it.
    private static readonly TimeSpan LeaseMargin = TimeSpan.FromSeconds(30);

    private EmailOptions Options => options.Value;

    /// <summary>Sends the e-mail that is due longest.</summary>
    /// <param name="cancellationToken">Ends the look for one; an attempt that has begun is ended by its own time limit.</param>
    /// <returns>False when nothing was due.</returns>
    public async Task<bool> SendNextAsync(CancellationToken cancellationToken)
    {
        if (await queue.TakeAsync(clock.GetStorableNow(), Options.Timeout + LeaseMargin, cancellationToken) is not { } email)
        {
            return false;
        }

        if (email.MaybeTaken && !sender.MayRepeat)
        {
            await EndAsync(email, EmailState.Unknown, "interrupted");
            return true;
        }

        if (IsTooOld(email, clock.GetUtcNow()))
        {
            await GiveUpAsync(email, email.MaybeTaken, "interrupted");
            return true;
        }

        await SettleAsync(email, await TryAsync(email));
        return true;
    }

    private async Task<EmailOutcome> TryAsync(ClaimedEmail email)
    {
        using var deadline = new CancellationTokenSource(Options.Timeout, clock);
        return await sender.SendAsync(email, deadline.Token);
    }

    private Task SettleAsync(ClaimedEmail email, EmailOutcome outcome) => outcome switch
    {
        EmailOutcome.Accepted(var id) => EndAsync(email, EmailState.Sent, problem: null, id),
        EmailOutcome.Refused(var problem, var wait) => RetryAsync(email, email.MaybeTaken, problem, wait),
        EmailOutcome.Unsure(var problem) when sender.MayRepeat => RetryAsync(email, maybeTaken: true, problem, wait: null),
        EmailOutcome.Unsure(var problem) => EndAsync(email, EmailState.Unknown, problem),
        EmailOutcome.Lost(var problem) => EndAsync(email, EmailState.Unknown, problem),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private async Task RetryAsync(ClaimedEmail email, bool maybeTaken, string problem, TimeSpan? wait)
    {
        var now = clock.GetStorableNow();
        var delay = BackOff.After(email.Attempt, Options);
        var dueAt = now + (wait > delay ? (wait.Value < Options.MaxRetryDelay ? wait.Value : Options.MaxRetryDelay) : delay);
        if (IsTooOld(email, dueAt))
        {
            await GiveUpAsync(email, maybeTaken, problem);
            return;
        }

        metrics.Count(email.Template, "retry");
        LogRetry(email.Id, email.Template, email.Attempt, problem);
        await queue.PutBackAsync(email, dueAt, problem, maybeTaken);
    }

    private bool IsTooOld(ClaimedEmail email, DateTimeOffset at) => at - email.FirstAttemptAt >= Options.GiveUpAfter;

    private Task GiveUpAsync(ClaimedEmail email, bool maybeTaken, string problem) =>
        EndAsync(email, maybeTaken ? EmailState.Unknown : EmailState.Failed, problem);

    private async Task EndAsync(ClaimedEmail email, EmailState state, string? problem, string? providerId = null)
    {
        var now = clock.GetStorableNow();
        if (!await queue.EndAsync(email, state, problem, providerId, now))
        {
            return;
        }

        metrics.Count(email.Template, Outcome(state));
        metrics.Waited(email.Template, now - email.CreatedAt);
        if (state == EmailState.Sent)
        {
            LogSent(email.Id, email.Template, email.Attempt);
        }
        else
        {
            LogNotSent(email.Id, email.Template, state, problem ?? "unknown");
        }
    }

    private static string Outcome(EmailState state) => state switch
    {
        EmailState.Sent => "sent",
        EmailState.Failed => "failed",
        _ => "unknown",
    };

    [LoggerMessage(
        EventId = 1, Level = LogLevel.Information, Message = "E-mail {EmailId} ({Template}) was sent at attempt {Attempt}")]
    private partial void LogSent(Guid emailId, string template, int attempt);

    [LoggerMessage(
        EventId = 2,
        Level = LogLevel.Warning,
        Message = "E-mail {EmailId} ({Template}) was not sent at attempt {Attempt} and will be tried again: {Problem}")]
    private partial void LogRetry(Guid emailId, string template, int attempt, string problem);

    [LoggerMessage(
        EventId = 3, Level = LogLevel.Error, Message = "E-mail {EmailId} ({Template}) ended as {State}: {Problem}")]
    private partial void LogNotSent(Guid emailId, string template, EmailState state, string problem);
}
