using System.Collections.Concurrent;
using MassTransit;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Tests.Api;

/// <summary>Answers for AlertService on the audit log and dead letters. Pages have two records, whatever was asked for.</summary>
internal sealed class FakeAlerts(Action<object> keep)
{
    private const int PageSize = 2;

    private readonly ConcurrentDictionary<Guid, List<AuditView>> _records = [];

    /// <summary>A category that is refused, as AlertService does with one that there is not.</summary>
    public const string NoCategory = "Gossip";

    /// <summary>A severity of which too many records fit for an export.</summary>
    public const string TooMany = "Info";

    public static readonly DeadLetterView Letter = new(
        Guid.CreateVersion7(), "sync-service.add-client", "AddClient", Guid.CreateVersion7(), "fault", "PostgresException", null, 0,
        DeadLetterState.Open, TimeProvider.System.GetUtcNow(), null, null, null);

    /// <summary>What happened in an organisation, newest first.</summary>
    public void Add(OrganisationId organisation, params AuditView[] records) => _records[organisation.Value] = [.. records];

    public void AnswerOn(IReceiveEndpointConfigurator endpoint)
    {
        endpoint.Handler<ListAudit>(context => AnswerAsync(context, context.Message.Category == NoCategory
            ? new Refused(RefusalKind.Invalid, "unknown-category", "There is no such category.", "category")
            : PageOf(context.Message)));
        endpoint.Handler<BeginAuditExport>(context => AnswerAsync(context, context.Message.Audit.Severity == TooMany
            ? new Refused(RefusalKind.Invalid, "export-too-large", "Too many records fit.", "from")
            : new AuditExportBegun(3)));
        endpoint.Handler<ListDeadLetters>(context => AnswerAsync(context, new DeadLetterPage([Letter], null, 1)));
        endpoint.Handler<ReadDeadLetter>(context => OnAsync(context, context.Message.DeadLetterId, Letter));
        endpoint.Handler<SendDeadLetterAgain>(context => OnAsync(
            context, context.Message.DeadLetterId, Letter with { State = DeadLetterState.SentAgain, SettledBy = context.Message.By }));
        endpoint.Handler<DiscardDeadLetter>(context => OnAsync(
            context,
            context.Message.DeadLetterId,
            new Refused(RefusalKind.Conflict, "dead-letter-sent-again", "It was sent again.")));
    }

    private AuditPage PageOf(ListAudit request)
    {
        var all = _records.GetValueOrDefault(request.OrganisationId.Value, []);
        var from = request.After is { } after ? all.FindIndex(record => record.Id == after) + 1 : 0;
        var items = all.Skip(from).Take(PageSize).ToArray();
        return new AuditPage(items, from + PageSize < all.Count ? items[^1].Id : null);
    }

    private Task OnAsync<T>(ConsumeContext<T> context, Guid id, object answer)
        where T : class =>
        AnswerAsync(context, id == Letter.Id
            ? answer
            : new Refused(RefusalKind.NotFound, "unknown-dead-letter", "There is no dead letter with this id.", "deadLetterId"));

    private Task AnswerAsync<T>(ConsumeContext<T> context, object answer)
        where T : class
    {
        keep(context.Message);
        return context.RespondAsync(answer);
    }
}
