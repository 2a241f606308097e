using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PhoneMasking.AlertService.Emails.Sending;
using PhoneMasking.AlertService.Emails.Writing;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;

namespace PhoneMasking.AlertService.Emails;

/// <summary>At most one e-mail about a topic in a while.</summary>
/// <param name="Topic">What it is about, a sitter's id for example; compared within organisation and template.</param>
/// <param name="Interval">How long there is no second one.</param>
internal sealed record EmailLimit(string Topic, TimeSpan Interval);

/// <summary>Puts e-mails to the owner into the queue. Nothing is sent here, so a mail server that is away blocks nobody.</summary>
internal sealed class OwnerMail(
    AlertDbContext db,
    EmailTemplates templates,
    IOptions<EmailOptions> options,
    EmailSignal signal)
{
    /// <summary>
    /// Writes an e-mail and queues it in the transaction that is open on the context, or at once when there is none. Call
    /// <see cref="Wake"/> after the commit.
    /// </summary>
    /// <param name="organisation">The organisation whose owner gets it.</param>
    /// <param name="email">What to write.</param>
    /// <param name="cause">Why, the id of an event's message for example: a second e-mail of the same organisation, template and cause is not queued.</param>
    /// <param name="limit">The limit, if there is one; needs an open transaction.</param>
    /// <param name="now">The time, in UTC.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    /// <returns>Whether it was queued: false when it was before, or the limit forbids it.</returns>
    /// <exception cref="InvalidOperationException">There is a limit and no open transaction.</exception>
    public async Task<bool> QueueAsync(
        OrganisationId organisation,
        OwnerEmail email,
        string cause,
        EmailLimit? limit,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (limit is not null && !await MayAsync(organisation, email.Template, limit, now, cancellationToken))
        {
            return false;
        }

        var written = templates.Write(email, options.Value.ConsoleUrl);
        var isOff = options.Value.Sender == EmailSenderKind.None;
        var state = (isOff ? EmailState.Suppressed : EmailState.Waiting).ToString();
        DateTimeOffset? endedAt = isOff ? now : null;
        var queued = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO alerts.emails (
                id, organisation_id, template, cause, topic, subject, text_body, html_body, state, created_at, due_at, ended_at)
            VALUES (
                {Guid.CreateVersion7(now)}, {organisation.Value}, {email.Template}, {cause}, {limit?.Topic},
                {written.Subject}, {written.Text}, {written.Html}, {state}, {now}, {now}, {endedAt})
            ON CONFLICT (organisation_id, template, cause) DO NOTHING
            """,
            cancellationToken);
        return queued == 1;
    }

    /// <summary>When the last e-mail about a topic was written, in UTC.</summary>
    /// <param name="organisation">The organisation.</param>
    /// <param name="template">The e-mail's template.</param>
    /// <param name="topic">What it was about, as its limit said.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    /// <returns>None when there is none.</returns>
    public Task<DateTimeOffset?> LastAsync(
        OrganisationId organisation, string template, string topic, CancellationToken cancellationToken) =>
        db.Emails
            .Where(email => email.OrganisationId == organisation && email.Template == template && email.Topic == topic)
            .MaxAsync(email => (DateTimeOffset?)email.CreatedAt, cancellationToken);

    /// <summary>Makes the sender of this instance look now instead of at its next round.</summary>
    public void Wake() => signal.Wake();

    private async Task<bool> MayAsync(
        OrganisationId organisation,
        string template,
        EmailLimit limit,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("A limited e-mail needs a transaction: two at once must take turns.");
        }

        // Before taking turns, too: most of a burst need not wait for each other to hear no.
        var since = now - limit.Interval;
        if (await LastAsync(organisation, template, limit.Topic, cancellationToken) > since)
        {
            return false;
        }

        var key = $"email:{organisation}:{template}:{limit.Topic}";
        await db.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtextextended({key}, 0))", cancellationToken);
        return !(await LastAsync(organisation, template, limit.Topic, cancellationToken) > since);
    }
}
