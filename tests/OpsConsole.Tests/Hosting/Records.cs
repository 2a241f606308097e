using System.Collections.Concurrent;
using PhoneMasking.Contracts;

namespace PhoneMasking.OpsConsole.Tests.Hosting;

/// <summary>What the services know. Fill the lists; ids grow with time, as the real ones do.</summary>
internal sealed class Records
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private int _made;

    public ConcurrentDictionary<SitterId, SitterView> AllSitters { get; } = [];

    public ConcurrentQueue<ClientView> AllClients { get; } = [];

    public ConcurrentDictionary<NumberId, NumberView> AllNumbers { get; } = [];

    public ConcurrentQueue<SessionView> AllSessions { get; } = [];

    public ConcurrentQueue<MessageView> AllMessages { get; } = [];

    public ConcurrentQueue<AuditView> AllEvents { get; } = [];

    /// <summary>The business of the sample data.</summary>
    public static Records Sample()
    {
        var records = new Records();
        var ana = records.AddSitter("Ana Alvarez", "+13035550111", "+13035550131");
        var ben = records.AddSitter("Ben Brooks", "+13035550112", "+13035550132");
        var maria = records.AddClient("Maria Lopez", "+13035550171");
        var tom = records.AddClient("Tom Baker", "+13035550172");
        records.AddNumber("+13035550131", NumberLifecycle.ReservedActive, NumberStatus.Ready, ana.Id);
        records.AddNumber("+17205550134", NumberLifecycle.StandbyReserved, NumberStatus.Pending, null);
        records.AddNumber("+13035550151", NumberLifecycle.Pool, NumberStatus.Ready, null);
        records.AddNumber("+13035550152", NumberLifecycle.Pool, NumberStatus.Failed, null);
        var open = records.AddSession(ana, maria, "+13035550151", open: true);
        records.AddSession(ben, tom, "+13035550152", open: false);
        records.AddMessage(open, inbound: true, "+13035550171", "+13035550131", "Is Rex fed?", "relayed");
        records.AddMessage(open, inbound: false, "+13035550151", "+13035550111", "[Maria Lopez]: Is Rex fed?", "delivered");
        records.AddMessage(open, inbound: false, "+13035550131", "+13035550171", "He had his dinner at six, and a long walk.", "pending");
        records.AddEvent("SessionOpened", "Session", "Info", null, open);
        records.AddEvent("MessageFailed", "Delivery Error", "Error", "undelivered-30007", open);
        records.AddEvent("PoolExhausted", "Session", "Warning", null, open);
        return records;
    }

    public SitterView AddSitter(string name, string phone, string reserved)
    {
        var view = new SitterView(
            SitterId.New(Tick()), name, null, E164Number.Parse(phone), NumberId.New(Tick()), E164Number.Parse(reserved), true, 1, Noon);
        return AllSitters[view.Id] = view;
    }

    public ClientView AddClient(string name, string phone)
    {
        var view = new ClientView(ClientId.New(Tick()), name, null, [E164Number.Parse(phone)], false, 1, Noon);
        AllClients.Enqueue(view);
        return view;
    }

    public NumberView AddNumber(string? number, NumberLifecycle lifecycle, NumberStatus status, SitterId? sitter)
    {
        var stage = status switch
        {
            NumberStatus.Pending => number is null ? NumberStage.Intended : NumberStage.Attached,
            NumberStatus.Failed => NumberStage.Failed,
            NumberStatus.Resting => NumberStage.Resting,
            NumberStatus.Retired => NumberStage.Retired,
            _ => NumberStage.Ready,
        };
        var view = new NumberView(
            NumberId.New(Tick()), number is null ? null : E164Number.Parse(number), lifecycle, status, sitter, 1, Noon)
        { Stage = stage };
        return AllNumbers[view.Id] = view;
    }

    public void Edit(string number, Func<NumberView, NumberView> change)
    {
        var before = AllNumbers.Values.Single(known => known.Number?.Reveal() == number);
        AllNumbers[before.Id] = change(before);
    }

    public SessionView AddSession(SitterView sitter, ClientView client, string poolNumber, bool open)
    {
        var view = new SessionView(
            SessionId.New(Tick()), sitter.Id, sitter.Name, client.Id, client.Name, sitter.ReservedNumber!,
            E164Number.Parse(poolNumber), open, Noon, Noon, Noon.AddDays(14), open ? null : "expired");
        AllSessions.Enqueue(view);
        return view;
    }

    public MessageView AddMessage(
        SessionView session, bool inbound, string from, string to, string body, string state, Func<MessageView, MessageView>? change = null)
    {
        var view = new MessageView(
            MessageId.New(Tick()), inbound, from, to, body, 0, state, null, session.Id, session.SitterName, session.ClientName, Noon);
        view = change?.Invoke(view) ?? view;
        AllMessages.Enqueue(view);
        return view;
    }

    public AuditView AddEvent(
        string name, string category, string severity, string? reason, SessionView session, Func<AuditView, AuditView>? change = null)
    {
        var view = new AuditView(
            Guid.CreateVersion7(Tick()), name, category, severity, reason, session.SitterId, session.ClientId, null, session.Id, null, null, Noon);
        view = change?.Invoke(view) ?? view;
        AllEvents.Enqueue(view);
        return view;
    }

    public SitterPage Sitters(ListSitters asked)
    {
        var (items, next) = Oldest(
            AllSitters.Values.Where(s => asked.Search is null || s.Name.Contains(asked.Search, StringComparison.OrdinalIgnoreCase)),
            s => s.Id.Value, asked.After?.Value, asked.Limit);
        return new SitterPage(items, next is { } id ? new SitterId(id) : null);
    }

    public ClientPage Clients(ListClients asked)
    {
        var (items, next) = Oldest(
            AllClients.Where(c => asked.Search is null || c.Name.Contains(asked.Search, StringComparison.OrdinalIgnoreCase)),
            c => c.Id.Value, asked.After?.Value, asked.Limit);
        return new ClientPage(items, next is { } id ? new ClientId(id) : null);
    }

    public NumberPage Numbers(ListNumbers asked)
    {
        var (items, next) = Oldest(
            AllNumbers.Values.Where(n => asked.Lifecycle is null || n.Lifecycle == asked.Lifecycle)
                .Where(n => asked.Status is null ? n.Status != NumberStatus.Retired : n.Status == asked.Status),
            n => n.Id.Value, asked.After?.Value, asked.Limit);
        return new NumberPage(items, next is { } id ? new NumberId(id) : null);
    }

    public SessionPage Sessions(ListSessions asked)
    {
        var (items, next) = Newest(AllSessions.Where(s => !asked.OpenOnly || s.Open), s => s.Id.Value, asked.After?.Value, asked.Limit);
        return new SessionPage(items, next is { } id ? new SessionId(id) : null);
    }

    public MessagePage Messages(ListMessages asked)
    {
        var (items, next) = Newest(
            AllMessages.Where(m => asked.SessionId is null || m.SessionId == asked.SessionId), m => m.Id.Value, asked.After?.Value, asked.Limit);
        return new MessagePage(items, next is { } id ? new MessageId(id) : null);
    }

    public object AnswerAudit(ListAudit asked) => asked.From >= asked.Until
        ? new Refused(RefusalKind.Invalid, "empty-range", "The end must be later than the beginning.", "until")
        : Audit(asked);

    public AuditPage Audit(ListAudit asked)
    {
        var (items, next) = Newest(AllEvents.Where(e => Fits(e, asked)), e => e.Id, asked.After, asked.Limit);
        return new AuditPage(items, next);
    }

    /// <summary>A moment of its own for each call. Ids made in one millisecond would have no order.</summary>
    public DateTimeOffset Tick() => Noon.AddMilliseconds(Interlocked.Increment(ref _made));

    private static bool Fits(AuditView item, ListAudit asked) =>
        (asked.Event is null || item.Event == asked.Event)
        && (asked.Category is null || item.Category == asked.Category)
        && (asked.Severity is null || item.Severity == asked.Severity)
        && (asked.From is null || item.OccurredAt >= asked.From)
        && (asked.Until is null || item.OccurredAt < asked.Until)
        && (asked.SitterId is null || item.SitterId == asked.SitterId)
        && (asked.ClientId is null || item.ClientId == asked.ClientId)
        && (asked.NumberId is null || item.NumberId == asked.NumberId)
        && (asked.SessionId is null || item.SessionId == asked.SessionId)
        && (asked.MessageId is null || item.MessageId == asked.MessageId)
        && (asked.Search is null || $"{item.Event} {item.Reason} {item.Details}".Contains(asked.Search, StringComparison.OrdinalIgnoreCase));

    private static (List<T> Items, Guid? Next) Oldest<T>(IEnumerable<T> all, Func<T, Guid> key, Guid? after, int limit) =>
        Page(all.OrderBy(key).Where(item => after is null || key(item).CompareTo(after.Value) > 0), key, limit);

    public static (List<T> Items, Guid? Next) Newest<T>(IEnumerable<T> all, Func<T, Guid> key, Guid? after, int limit) =>
        Page(all.OrderByDescending(key).Where(item => after is null || key(item).CompareTo(after.Value) < 0), key, limit);

    private static (List<T> Items, Guid? Next) Page<T>(IEnumerable<T> rest, Func<T, Guid> key, int limit)
    {
        var found = rest.Take(limit + 1).ToList();
        return found.Count > limit ? (found[..limit], key(found[limit - 1])) : (found, null);
    }
}
