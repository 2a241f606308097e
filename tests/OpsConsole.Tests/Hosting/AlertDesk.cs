using System.Collections.Concurrent;
using MassTransit;
using PhoneMasking.Contracts;

namespace PhoneMasking.OpsConsole.Tests.Hosting;

/// <summary>Answers as AlertService would about failed texts, e-mails, dead letters and exports of the audit log.</summary>
internal sealed class AlertDesk(Records records)
{
    private readonly ConcurrentDictionary<Guid, DeadLetterView> _letters = [];

    public ConcurrentQueue<FailureView> Failures { get; } = [];

    public FailureSummary Summary { get; set; } = new(TimeSpan.FromHours(24), 0, 5, 0, null);

    public ConcurrentDictionary<Guid, (EmailView View, EmailContent Content)> Emails { get; } = [];

    public ConcurrentQueue<EmailTemplateView> Templates { get; } = [];

    public ConcurrentDictionary<string, EmailContent> Previews { get; } = [];

    public string Sender { get; set; } = "Smtp";

    /// <summary>Given once, to the next command.</summary>
    public Refused? NextRefusal { get; set; }

    /// <summary>Every command that arrived, repeats too.</summary>
    public ConcurrentQueue<object> Commands { get; } = [];

    public IEnumerable<DeadLetterView> Letters => _letters.Values;

    public DeadLetterView Letter(Guid id) => _letters[id];

    /// <summary>A day of the sample business on which texts failed and a service could not do its work.</summary>
    public static AlertDesk Sample(Records records)
    {
        var desk = new AlertDesk(records);
        var session = records.AllSessions.First();
        desk.Fail(session, 30003, "Unreachable destination handset", FailureClass.Temporary, MessageDirection.ClientToSitter,
            view => view with { Retry = RetryState.Waiting, RetryDueAt = Records.Noon.AddMinutes(7) });
        desk.Fail(session, 30007, "Message filtered", FailureClass.Permanent, MessageDirection.SitterToClient,
            view => view with { IsPermanent = true, Alert = FailureAlert.Sitter });
        desk.Fail(records.AllSessions.Last(), 30034, "Number is not registered for A2P", FailureClass.Configuration, MessageDirection.ClientToSitter,
            view => view with { IsPermanent = true, Alert = FailureAlert.Owner, Outcome = "refused" });
        desk.Fail(session, 30005, "Unknown destination handset", FailureClass.Temporary, MessageDirection.SitterToClient,
            view => view with { Retry = RetryState.Dropped, RetryDueAt = Records.Noon.AddHours(-1), RetryReason = "session-ended" });
        desk.Summary = new FailureSummary(TimeSpan.FromHours(24), 2, 5, 1, Records.Noon.AddDays(-3));
        desk.Write("sitter-added", "Cara Chen can begin", EmailState.Sent, view => view with { Attempts = 1, EndedAt = Records.Noon.AddMinutes(1) });
        desk.Write("systemic-failures", "6 texts failed in 24 hours", EmailState.Waiting, view => view with { Attempts = 2, Problem = "timeout", NextAttemptAt = Records.Noon.AddMinutes(4) });
        desk.Write("number-failed", "A number failed", EmailState.Failed, view => view with { Attempts = 8, Problem = "http-401", EndedAt = Records.Noon.AddHours(-2) });
        desk.Offer("sitter-added", "A sitter was added and has a number");
        desk.Offer("systemic-failures", "Many texts failed", overridden: true);
        desk.Die("proxy-gateway.route-conversations", "RouteConversations", "fault", view => view with { Fault = "PostgresException", Details = "ConversationRouter.RouteAsync: 53300: too many connections", SentBefore = 1 });
        desk.Die("alert-service.audit", "unknown", "skipped");
        return desk;
    }

    public FailureView Fail(
        SessionView session, int? code, string meaning, FailureClass kind, MessageDirection direction, Func<FailureView, FailureView>? change = null)
    {
        var view = new FailureView(
            MessageId.New(records.Tick()), Records.Noon.AddMinutes(-20), code, meaning, kind, false, "undelivered", direction,
            session.Id, session.SitterId, session.SitterName, session.ClientId, session.ClientName, null, null, null, null, FailureAlert.None);
        view = change?.Invoke(view) ?? view;
        Failures.Enqueue(view);
        return view;
    }

    public EmailView Write(string template, string subject, EmailState state, Func<EmailView, EmailView>? change = null, string? html = null)
    {
        var view = new EmailView(Guid.CreateVersion7(records.Tick()), template, subject, state, 0, null, Records.Noon.AddHours(-3), null, null);
        view = change?.Invoke(view) ?? view;
        Emails[view.Id] = (view, new EmailContent(template, subject, $"{subject}\r\n\r\nAs plain text.", html ?? Page(subject)));
        return view;
    }

    public void Offer(string template, string title, bool overridden = false)
    {
        Templates.Enqueue(new EmailTemplateView(template, title, overridden));
        Previews[template] = new EmailContent(template, $"Subject of {template}", $"Text of {template}", Page($"HTML of {template}"));
    }

    public DeadLetterView Die(string queue, string type, string reason, Func<DeadLetterView, DeadLetterView>? change = null)
    {
        var view = new DeadLetterView(
            Guid.CreateVersion7(records.Tick()), queue, type, Guid.CreateVersion7(records.Tick()), reason, null, null, 0,
            DeadLetterState.Open, Records.Noon.AddHours(-5), null, null, null);
        return _letters[view.Id] = change?.Invoke(view) ?? view;
    }

    public void AnswerOn(IReceiveEndpointConfigurator queue)
    {
        queue.Handler<ListFailures>(c => c.RespondAsync(List(c.Message)));
        queue.Handler<ListEmails>(c => c.RespondAsync(List(c.Message)));
        queue.Handler<ReadEmail>(c => c.RespondAsync(
            Emails.TryGetValue(c.Message.EmailId, out var email) ? (object)email.Content : Unknown("emailId")));
        queue.Handler<ListEmailTemplates>(c => c.RespondAsync(new EmailTemplateList([.. Templates], Sender)));
        queue.Handler<PreviewEmail>(c => c.RespondAsync((object?)Previews.GetValueOrDefault(c.Message.Template) ?? Unknown("template")));
        queue.Handler<ListDeadLetters>(c => c.RespondAsync(List(c.Message)));
        queue.Handler<ReadDeadLetter>(c => c.RespondAsync((object?)_letters.GetValueOrDefault(c.Message.DeadLetterId) ?? Unknown("deadLetterId")));
        On<SendDeadLetterAgain>(queue, m => Settle(m.DeadLetterId, DeadLetterState.SentAgain, m.By, null));
        On<DiscardDeadLetter>(queue, m => Settle(m.DeadLetterId, DeadLetterState.Discarded, m.By, m.Why));
        On<BeginAuditExport>(queue, m => new AuditExportBegun(records.Audit(m.Audit with { After = null, Limit = int.MaxValue - 1 }).Items.Count));
    }

    private static string Page(string words) =>
        $"<!doctype html><html><body style=\"background-color:#eef1f7\"><h1 style=\"color:#3757f2\">{words}</h1></body></html>";

    private static Refused Unknown(string field) => new(RefusalKind.NotFound, "unknown", "There is none with this id.", field);

    private void On<TCommand>(IReceiveEndpointConfigurator queue, Func<TCommand, object> act)
        where TCommand : class =>
        queue.Handler<TCommand>(c =>
        {
            Commands.Enqueue(c.Message);
            var refusal = NextRefusal;
            NextRefusal = null;
            return c.RespondAsync(refusal ?? act(c.Message));
        });

    private FailurePage List(ListFailures asked)
    {
        var (items, next) = Records.Newest(
            Failures.Where(f => (asked.Class is null || f.Class == asked.Class) && (asked.Code is null || f.Code == asked.Code)
                && (asked.SitterId is null || f.SitterId == asked.SitterId) && (asked.ClientId is null || f.ClientId == asked.ClientId)),
            f => f.MessageId.Value, asked.After?.Value, asked.Limit);
        return new FailurePage(items, next is { } id ? new MessageId(id) : null, Summary);
    }

    private EmailPage List(ListEmails asked)
    {
        var (items, next) = Records.Newest(
            Emails.Values.Select(e => e.View).Where(e => (asked.State is null || e.State == asked.State) && (asked.Template is null || e.Template == asked.Template)),
            e => e.Id, asked.After, asked.Limit);
        return new EmailPage(items, next);
    }

    private DeadLetterPage List(ListDeadLetters asked)
    {
        var (items, next) = Records.Newest(
            _letters.Values.Where(l => (asked.State is null || l.State == asked.State) && (asked.Queue is null || l.Queue == asked.Queue)),
            l => l.Id, asked.After, asked.Limit);
        return new DeadLetterPage(items, next, _letters.Values.Count(l => l.State == DeadLetterState.Open));
    }

    private object Settle(Guid id, DeadLetterState state, string by, string? why)
    {
        if (!_letters.TryGetValue(id, out var letter))
        {
            return Unknown("deadLetterId");
        }

        if (letter.State == DeadLetterState.Open)
        {
            return _letters[id] = letter with { State = state, SettledAt = Records.Noon, SettledBy = by, Why = why };
        }

        return letter.State == state
            ? letter
            : new Refused(RefusalKind.Conflict, "dead-letter-settled", "It was dealt with already in another way.");
    }
}
