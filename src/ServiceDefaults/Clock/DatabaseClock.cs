namespace PhoneMasking.ServiceDefaults.Clock;

/// <summary>
/// The database's time, counted on by this machine's clock between two readings. Leases and due times are written by one
/// instance and judged by another: they must go by one clock, however wrong the machines' own are (docs/adr/0017).
/// </summary>
/// <param name="machine">This machine's clock: measures what has passed since a reading, and runs the timers.</param>
public sealed class DatabaseClock(TimeProvider machine) : TimeProvider
{
    /// <summary>How often every instance reads the database's time: 10 seconds.</summary>
    public static readonly TimeSpan ReadingInterval = TimeSpan.FromSeconds(10);

    /// <summary>What a time service corrects is below it: 1 second.</summary>
    internal static readonly TimeSpan LargestCorrection = TimeSpan.FromSeconds(1);

    // Smaller differences come from the way to the database and back; following them would make time jitter.
    private static readonly TimeSpan Noise = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private Reading? _reading;
    private long _newest = long.MinValue;
    private long? _stepped;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => machine.TimestampFrequency;

    /// <summary>
    /// How long ago, as this machine measures it, a reading last told that the database's time had made a step of more than
    /// a second; <see cref="TimeSpan.MaxValue"/> when none did since the first reading.
    /// </summary>
    public TimeSpan SteadyFor
    {
        get
        {
            lock (_lock)
            {
                return _stepped is { } stepped ? GetElapsedTime(stepped) : TimeSpan.MaxValue;
            }
        }
    }

    /// <summary>The database's time, in UTC; this machine's until the first reading.</summary>
    public override DateTimeOffset GetUtcNow() =>
        Volatile.Read(ref _reading) is { } reading ? reading.Time + GetElapsedTime(reading.Timestamp) : machine.GetUtcNow();

    /// <inheritdoc/>
    public override long GetTimestamp() => machine.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Takes over what the database has just said, unless it differs by no more than the reading can be wrong.</summary>
    /// <param name="time">The database's <c>clock_timestamp()</c>, in UTC.</param>
    /// <param name="asked">When it was asked, by <see cref="GetTimestamp"/>.</param>
    /// <returns>How far time went forward by it, or back if negative; zero when it was left alone.</returns>
    public TimeSpan Take(DateTimeOffset time, long asked)
    {
        // It was read somewhere on the way; half of it is the least wrong.
        var half = GetElapsedTime(asked) / 2;
        return Take(time + half, GetTimestamp(), half);
    }

    /// <summary>Takes over what the database said, unless it differs by no more than the reading can be wrong.</summary>
    /// <param name="time">The database's time, in UTC.</param>
    /// <param name="timestamp">When it was that, by <see cref="GetTimestamp"/>.</param>
    /// <param name="uncertainty">By how much that can be wrong.</param>
    /// <returns>How far time went forward by it, or back if negative; zero when it was left alone.</returns>
    internal TimeSpan Take(DateTimeOffset time, long timestamp, TimeSpan uncertainty)
    {
        lock (_lock)
        {
            var difference = time + GetElapsedTime(timestamp) - GetUtcNow();
            var isFirst = _reading is null;

            // One that was overtaken by a later one says what the time was, not what it is.
            if (timestamp < _newest || (!isFirst && difference.Duration() <= Noise + uncertainty))
            {
                return TimeSpan.Zero;
            }

            _newest = timestamp;
            Volatile.Write(ref _reading, new Reading(time, timestamp));
            if (!isFirst && difference.Duration() > LargestCorrection)
            {
                _stepped = GetTimestamp();
            }

            return difference;
        }
    }

    private sealed record Reading(DateTimeOffset Time, long Timestamp);
}
