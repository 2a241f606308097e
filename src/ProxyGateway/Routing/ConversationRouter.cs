using System.Diagnostics;
using Microsoft.Extensions.Options;
using Npgsql;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Directory;
using PhoneMasking.ProxyGateway.Gathering;
using PhoneMasking.ProxyGateway.Notices;
using PhoneMasking.ProxyGateway.OptOuts;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.ProxyGateway.Sessions;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;
using PhoneMasking.ServiceDefaults.Telemetry;

namespace PhoneMasking.ProxyGateway.Routing;

/// <summary>
/// Routes every waiting text of some conversations, in order, in one transaction. Routing a conversation that has no
/// waiting text does nothing, so a repeated command is harmless.
/// </summary>
internal sealed class ConversationRouter : IAsyncDisposable
{
    private readonly NpgsqlDataSource _database;
    private readonly FirstLoad _firstLoad;
    private readonly RoutingOptions _options;
    private readonly NoticeOptions _notices;
    private readonly SessionTimeOptions _sessions;
    private readonly OutboxSignal _outbox;
    private readonly OutboundSignal _sending;
    private readonly ServiceTelemetry _telemetry;
    private readonly TimeProvider _clock;
    private readonly Gatherer<RoutingRequest> _gatherer;

    public ConversationRouter(
        NpgsqlDataSource database,
        FirstLoad firstLoad,
        IOptions<RoutingOptions> options,
        IOptions<NoticeOptions> notices,
        IOptions<SessionTimeOptions> sessions,
        OutboxSignal outbox,
        OutboundSignal sending,
        ServiceTelemetry telemetry,
        TimeProvider clock)
    {
        _database = database;
        _firstLoad = firstLoad;
        _options = options.Value;
        _notices = notices.Value;
        _sessions = sessions.Value;
        _outbox = outbox;
        _sending = sending;
        _telemetry = telemetry;
        _clock = clock;
        _gatherer = new Gatherer<RoutingRequest>(workers: 2, maxBatch: 200, capacity: 4096, clock, RouteAsync);
    }

    /// <summary>
    /// Returns when the conversations' waiting texts are decided and committed. Each for itself: one that cannot be routed
    /// fails the whole, but the others' texts are on their way then.
    /// </summary>
    public Task RouteAsync(long[] conversations, CancellationToken cancellationToken) => Task.WhenAll(conversations.Select(
        conversation => _gatherer.AddAsync(new RoutingRequest([conversation]), cancellationToken)));

    /// <summary>
    /// Does what a command in the outbox asks for, and takes it out of the outbox in the same transaction. Fails as a whole;
    /// then the command is still there.
    /// </summary>
    public Task RouteAsync(long[] conversations, Guid command, CancellationToken cancellationToken) =>
        _gatherer.AddAsync(new RoutingRequest(conversations, command), cancellationToken);

    public ValueTask DisposeAsync() => _gatherer.DisposeAsync();

    private async Task RouteAsync(IReadOnlyList<RoutingRequest> requests, CancellationToken cancellationToken)
    {
        var conversations = requests.SelectMany(request => request.Conversations).Distinct().ToArray();
        var commands = requests.Select(request => request.Command).OfType<Guid>().ToArray();

        // Sessions are read without a lock where a lock could end in a deadlock: then one may have ended meanwhile. And what a
        // text waits for may have come just before it began to wait.
        while (!await TryRouteAsync(conversations, commands, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<bool> TryRouteAsync(long[] conversations, Guid[] commands, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        await using var connection = await _database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var texts = await WaitingTexts.LockAndReadAsync(connection, conversations, cancellationToken);
        if (texts.Count == 0 || !await _firstLoad.IsDoneAsync(connection, cancellationToken))
        {
            // They stay as they are: the end of the first load has them routed.
            return true;
        }

        using var span = _telemetry.StartFrom("route texts", ActivityKind.Internal, texts[0].TraceParent);
        var plan = await PlanAsync(connection, texts, commands, now, cancellationToken);
        if (!await PlanWriter.CommitAsync(transaction, plan, cancellationToken))
        {
            return false;
        }

        if (plan.Texts.Count > 0)
        {
            _sending.WakeFor(plan.Texts.Select(text => (text.FromNumber, text.ToNumber)));
        }

        if (plan.Events.Count > 0)
        {
            _outbox.Wake();
        }

        return plan.Awaiting.Count == 0;
    }

    private async Task<RoutingPlan> PlanAsync(
        NpgsqlConnection connection,
        List<WaitingText> texts,
        Guid[] commands,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var directory = await DirectoryReader.ReadAsync(connection, texts, cancellationToken);
        var plan = new RoutingPlan
        {
            SitterNumbers = directory.Sitters.ToDictionary(sitter => sitter.Id, sitter => sitter.RealNumber),
            NewsPatience = _options.NewsPatience,
            Commands = commands,
        };
        await ProvisionalClients.AddAsync(connection, texts, directory, plan, now, cancellationToken);
        var book = await ReadBookAsync(connection, texts, directory, plan, cancellationToken);
        var router = new TextRouter(directory, book, plan, _notices, _sessions.TimeToLive, now);
        foreach (var text in texts)
        {
            router.Route(text);
        }

        await SharedOptIns.AddAsync(connection, plan, cancellationToken);
        await OptOutGuard.ApplyAsync(connection, plan, texts, _notices.OptedOut, now, cancellationToken);
        await NoticeLimit.ApplyAsync(connection, plan, _notices.MinimumInterval, now, cancellationToken);
        return plan;
    }

    private static async Task<SessionBook> ReadBookAsync(
        NpgsqlConnection connection,
        List<WaitingText> texts,
        RoutingDirectory directory,
        RoutingPlan plan,
        CancellationToken cancellationToken)
    {
        var pairs = new HashSet<(SitterId, ClientId)>();
        var threads = new HashSet<(SitterId, E164Number)>();
        var answers = new HashSet<(SitterId, E164Number)>();
        foreach (var text in texts)
        {
            if (directory.Number(text) is not { } number)
            {
                continue;
            }

            if (directory.SittingSender(text, number.OrganisationId) is { } author)
            {
                threads.Add((author.Id, number.Number));
                if (TextRouter.IsSitterThread(number.Lifecycle))
                {
                    answers.Add((author.Id, number.Number));
                    continue;
                }
            }

            if (directory.Sitter(number.SitterId) is { } sitter
                && directory.ClientSender(text, number.OrganisationId) is { } client)
            {
                pairs.Add((sitter.Id, client.Id));
            }
        }

        var book = new SessionBook();
        if (pairs.Count + threads.Count > 0)
        {
            await SessionReader.ReadOpenAsync(connection, [.. pairs], [.. threads], book, cancellationToken);
        }

        var missing = pairs.Where(pair => book.OpenOf(pair.Item1, pair.Item2) is null).Select(pair => pair.Item1.Value)
            .Concat(answers.Where(thread => book.OpenOn(thread.Item1, thread.Item2) is null).Select(thread => thread.Item1.Value))
            .Distinct()
            .ToArray();
        plan.SessionsAreLocked = missing.Length == 0;
        if (missing.Length > 0)
        {
            await SessionReader.ReadForNewAsync(connection, missing, book, cancellationToken);
        }

        if (threads.SelectMany(thread => book.AnsweredIn(thread.Item1, thread.Item2)).ToList() is { Count: > 0 } answered)
        {
            await book.Addresses.ReadAsync(connection, answered, cancellationToken);
        }

        return book;
    }

    /// <summary>A wish to have conversations routed, and the command in the outbox that says the same, if any.</summary>
    private sealed record RoutingRequest(long[] Conversations, Guid? Command = null);
}
