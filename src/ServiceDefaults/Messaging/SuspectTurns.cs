using System.Globalization;
using System.Text;
using MassTransit;

namespace PhoneMasking.ServiceDefaults.Messaging;

/// <summary>
/// Lets messages that were under way when processes died go one at a time, so that the one which kills them dies alone.
/// RabbitMQ counts each death against every message that the process had taken, and would put all of them among the dead
/// letters together.
/// </summary>
/// <remarks>
/// One line for all queues of the process, for a death hits what was taken from any of them. A turn ends when the broker has
/// the message's answer, or after five seconds, for one that waits for something may not hold up the others.
/// </remarks>
internal sealed class SuspectTurns(TimeProvider clock) : IFilter<ReceiveContext>, IReceiveObserver
{
    /// <summary>RabbitMQ's count of deliveries that ended without an answer.</summary>
    private const string DeathsHeader = "x-delivery-count";

    /// <summary>One death is no suspicion: every restart costs that.</summary>
    private const int Suspicious = 2;

    /// <summary>
    /// When nothing more came for so long, all that the broker had returned is here. Each death makes it longer: on a busy
    /// machine the killer can be here well before what is to go first.
    /// </summary>
    private static readonly TimeSpan QuietForEachDeath = TimeSpan.FromMilliseconds(300);

    /// <summary>For the answer's way out of the process, which the next may end.</summary>
    private static readonly TimeSpan Answering = TimeSpan.FromMilliseconds(30);

    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly List<Suspect> _waiting = [];
    private long _came;
    private bool _serving;

    /// <inheritdoc/>
    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        var deaths = DeathsOf(context);
        if (deaths < Suspicious)
        {
            await next.Send(context);
            return;
        }

        var suspect = new Suspect(IdentityOf(context), deaths);
        context.GetOrAddPayload(() => suspect);
        Enter(suspect);
        await suspect.Turn.Task;
        await next.Send(context);
    }

    /// <inheritdoc/>
    public void Probe(ProbeContext context) => context.CreateFilterScope("suspects");

    /// <inheritdoc/>
    public Task PostReceive(ReceiveContext context) => EndAsync(context);

    /// <inheritdoc/>
    public Task ReceiveFault(ReceiveContext context, Exception exception) => EndAsync(context);

    /// <inheritdoc/>
    public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
        where T : class => Task.CompletedTask;

    /// <inheritdoc/>
    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class => Task.CompletedTask;

    private static Task EndAsync(ReceiveContext context)
    {
        if (context.TryGetPayload<Suspect>(out var suspect))
        {
            suspect.Done.TrySetResult();
        }

        return Task.CompletedTask;
    }

    private static long DeathsOf(ReceiveContext context) =>
        context.Redelivered && context.TransportHeaders.TryGetHeader(DeathsHeader, out var count)
            ? Convert.ToInt64(count, CultureInfo.InvariantCulture)
            : 0;

    // Not every message has an id that can be read; the same event may be in several queues.
    private static byte[] IdentityOf(ReceiveContext context) =>
        [.. Encoding.UTF8.GetBytes(context.InputAddress.AbsolutePath), .. context.Body.GetBytes()];

    private void Enter(Suspect suspect)
    {
        lock (_gate)
        {
            _came++;
            _waiting.Add(suspect);
            if (!_serving)
            {
                _serving = true;
                _ = ServeAsync();
            }
        }
    }

    private async Task ServeAsync()
    {
        await QuietAsync();
        while (Take() is { } suspect)
        {
            suspect.Turn.SetResult();
            await Task.WhenAny(suspect.Done.Task, Task.Delay(LongestTurn, clock));
            await Task.Delay(Answering, clock);
            if (IsLast())
            {
                // Its place is free: others may have come from the broker in the meantime.
                await QuietAsync();
            }
        }
    }

    private async Task QuietAsync()
    {
        long came;
        do
        {
            came = Volatile.Read(ref _came);
            await Task.Delay(QuietForEachDeath * MostDeaths(), clock);
        }
        while (came != Volatile.Read(ref _came));
    }

    private long MostDeaths()
    {
        lock (_gate)
        {
            return _waiting.Count == 0 ? Suspicious : _waiting.Max(one => one.Deaths);
        }
    }

    private bool IsLast()
    {
        lock (_gate)
        {
            return _waiting.Count == 1;
        }
    }

    private Suspect? Take()
    {
        lock (_gate)
        {
            _serving = _waiting.Count > 0;
            if (!_serving)
            {
                return null;
            }

            var next = Suspect.Next(_waiting);
            _waiting.Remove(next);
            return next;
        }
    }
}
