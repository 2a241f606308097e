using System.Globalization;
using MassTransit;

namespace PhoneMasking.ServiceDefaults.Messaging;

/// <summary>
/// Lets messages that were under way when processes died go one at a time, so that the one which kills them dies alone.
/// RabbitMQ counts each death against every message that the process had taken, and would put all of them among the dead
/// letters together.
/// </summary>
/// <remarks>
/// Those with the fewest deaths go first. Of the others one round goes from the oldest to the newest, and the next the other
/// way round: what stood before the killer is done in the first, what stood behind it in the second. A turn ends with its
/// message, or after five seconds, for one that waits for something may not hold up the others.
/// </remarks>
internal sealed class SuspectTurns(TimeProvider clock) : IFilter<ReceiveContext>
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

    /// <summary>A message's answer goes to the broker after its turn: the next must not end the process before.</summary>
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

        var suspect = Enter(deaths);
        try
        {
            await suspect.Turn.Task;
            await next.Send(context);
        }
        finally
        {
            suspect.Done.SetResult();
        }
    }

    /// <inheritdoc/>
    public void Probe(ProbeContext context) => context.CreateFilterScope("suspects");

    private static long DeathsOf(ReceiveContext context) =>
        context.Redelivered && context.TransportHeaders.TryGetHeader(DeathsHeader, out var count)
            ? Convert.ToInt64(count, CultureInfo.InvariantCulture)
            : 0;

    private Suspect Enter(long deaths)
    {
        lock (_gate)
        {
            var suspect = new Suspect(deaths);
            _came++;
            _waiting.Add(suspect);
            if (!_serving)
            {
                _serving = true;
                _ = ServeAsync();
            }

            return suspect;
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
            var fewest = _waiting.MinBy(one => one.Deaths)?.Deaths;
            var next = fewest % 2 == 0
                ? _waiting.FindLast(one => one.Deaths == fewest)
                : _waiting.Find(one => one.Deaths == fewest);
            _serving = next is not null;
            if (next is not null)
            {
                _waiting.Remove(next);
            }

            return next;
        }
    }

    private sealed class Suspect(long deaths)
    {
        public long Deaths { get; } = deaths;

        public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
