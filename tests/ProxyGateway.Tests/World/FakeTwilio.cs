using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using PhoneMasking.Twilio;
using PhoneMasking.Twilio.Messages;
using PhoneMasking.Twilio.Numbers;

namespace PhoneMasking.ProxyGateway.Tests.World;

/// <summary>How a call for one text goes wrong, and whether Twilio has the text all the same.</summary>
internal sealed record Misfortune(Func<TwilioMessage, SendOutcome> Outcome, bool Accepted = false)
{
    public static Misfortune Refused(int code) =>
        new(_ => new SendOutcome.Refused(new TwilioError(400, code, "refused", null)));

    public static Misfortune AccountRefused(int? code, int status = 401) =>
        new(_ => new SendOutcome.AccountRefused(new TwilioError(status, code, "refused", null)));

    public static Misfortune RateLimited(TimeSpan wait) =>
        new(_ => new SendOutcome.RateLimited(wait, new TwilioError(429, 20429, "too many", null)));

    public static Misfortune NotSent() => new(_ => new SendOutcome.NotSent("no connection"));

    public static Misfortune Lost() => new(_ => new SendOutcome.Unknown("HTTP 500"));

    public static Misfortune AcceptedButUnknown() => new(_ => new SendOutcome.Unknown("HTTP 500"), Accepted: true);
}

/// <summary>A call that asked for a text to be sent.</summary>
internal sealed record TwilioCall(SendRequest Request, DateTimeOffset At, string? TraceId)
{
    public override string ToString() => $"TwilioCall at {At:O}";
}

/// <summary>Twilio with outcomes chosen by the test, by receiver. Whatever is not chosen is accepted.</summary>
internal sealed class FakeTwilio(TimeProvider clock) : ITwilioApi
{
    private readonly ConcurrentQueue<TwilioCall> _calls = [];
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Misfortune>> _misfortunes = [];
    private readonly ConcurrentDictionary<string, Func<Task>> _before = [];
    private readonly ConcurrentDictionary<string, Func<Task>> _afterList = [];
    private readonly ConcurrentQueue<TwilioMessage> _accepted = [];
    private int _sids;
    private int _lists;

    /// <summary>How often the list of messages was read.</summary>
    public int Lists => Volatile.Read(ref _lists);

    /// <summary>The calls for one receiver, in order.</summary>
    public IReadOnlyList<TwilioCall> CallsTo(string to) => [.. _calls.Where(call => call.Request.To == to)];

    /// <summary>What Twilio has for one receiver, in order.</summary>
    public IReadOnlyList<TwilioMessage> AcceptedFor(string to) => [.. _accepted.Where(message => message.To == to)];

    /// <summary>The next calls for this receiver go wrong, one after the other.</summary>
    public void Next(string to, params Misfortune[] misfortunes)
    {
        var queue = _misfortunes.GetOrAdd(to, _ => []);
        foreach (var misfortune in misfortunes)
        {
            queue.Enqueue(misfortune);
        }
    }

    /// <summary>Runs before a call for this receiver is answered, and after Twilio has the text.</summary>
    public void BeforeAnswer(string to, Func<Task> act) => _before[to] = InThisContext(act);

    /// <summary>Runs when a list for this receiver has been made, and before it arrives.</summary>
    public void AfterList(string to, Func<Task> act) => _afterList[to] = InThisContext(act);

    /// <summary>Twilio has a text of which we know nothing: the process ended before it heard the answer.</summary>
    public TwilioMessage AddAccepted(string from, string to, string body)
    {
        var message = Message(new SendRequest { From = from, To = to, Body = body });
        _accepted.Enqueue(message);
        return message;
    }

    public async Task<SendOutcome> CreateMessageAsync(
        TwilioAccount account,
        SendRequest request,
        CancellationToken cancellationToken)
    {
        _calls.Enqueue(new TwilioCall(request, clock.GetUtcNow(), System.Diagnostics.Activity.Current?.TraceId.ToString()));
        var message = Message(request);
        var misfortune = _misfortunes.TryGetValue(request.To, out var queue) && queue.TryDequeue(out var next) ? next : null;
        if (misfortune is null or { Accepted: true })
        {
            _accepted.Enqueue(message);
        }

        if (_before.TryRemove(request.To, out var act))
        {
            await act();
        }

        return misfortune?.Outcome(message) ?? new SendOutcome.Accepted(message);
    }

    public async IAsyncEnumerable<TwilioMessage> ListMessagesAsync(
        TwilioAccount account,
        MessageQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        Interlocked.Increment(ref _lists);
        var messages = _accepted
            .Where(message => (query.To ?? message.To) == message.To && (query.From ?? message.From) == message.From)
            .Reverse()
            .ToList();
        if (query.To is { } to && _afterList.TryRemove(to, out var act))
        {
            await act();
        }

        foreach (var message in messages)
        {
            yield return message;
        }
    }

    public Task<TwilioMessage?> FetchMessageAsync(TwilioAccount account, string messageSid, CancellationToken cancellationToken) =>
        Task.FromResult(_accepted.FirstOrDefault(message => message.Sid == messageSid));

    public Task<IReadOnlyList<AvailableNumber>> SearchLocalNumbersAsync(
        TwilioAccount account, LocalNumberSearch search, CancellationToken cancellationToken) => throw NotOurs();

    public Task<PurchaseOutcome> BuyNumberAsync(
        TwilioAccount account, PurchaseRequest request, CancellationToken cancellationToken) => throw NotOurs();

    public Task<IncomingNumber?> FetchNumberAsync(
        TwilioAccount account, string numberSid, CancellationToken cancellationToken) => throw NotOurs();

    public IAsyncEnumerable<IncomingNumber> ListNumbersAsync(
        TwilioAccount account, string? phoneNumber, CancellationToken cancellationToken) => throw NotOurs();

    public Task<IncomingNumber> UpdateNumberAsync(
        TwilioAccount account, string numberSid, NumberSettings settings, CancellationToken cancellationToken) => throw NotOurs();

    public Task ReleaseNumberAsync(TwilioAccount account, string numberSid, CancellationToken cancellationToken) =>
        throw NotOurs();

    // In the test's own context: the gateway's sender was started in that of the fixture, which is over.
    private static Func<Task> InThisContext(Func<Task> act)
    {
        var context = ExecutionContext.Capture()!;
        return () =>
        {
            var acting = Task.CompletedTask;
            ExecutionContext.Run(context.CreateCopy(), _ => acting = act(), null);
            return acting;
        };
    }

    private TwilioMessage Message(SendRequest request) => new()
    {
        Sid = $"SM{Interlocked.Increment(ref _sids):x32}",
        Status = "queued",
        Direction = "outbound-api",
        From = request.From,
        To = request.To,
        Body = request.Body ?? string.Empty,
        DateCreated = clock.GetUtcNow(),
    };

    private static NotSupportedException NotOurs() => new("The gateway only sends texts.");
}
