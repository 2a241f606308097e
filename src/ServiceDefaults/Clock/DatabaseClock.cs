namespace PhoneMasking.ServiceDefaults.Clock;

/// <summary>
/// The database's time, counted on by this machine's clock between two readings. Leases and due times are written by one
/// instance and judged by another: they must go by one clock, however wrong the machines' own are (docs/adr/0017).
/// </summary>
/// <param name="machine">This machine's clock: measures what has passed since a reading, and runs the timers.</param>
internal sealed class DatabaseClock(TimeProvider machine) : TimeProvider
{
    // Smaller differences come from the way to the database and back; following them would make time jitter.
    private static readonly TimeSpan Noise = TimeSpan.FromMilliseconds(50);

    private Reading? _reading;

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    public override long TimestampFrequency => machine.TimestampFrequency;

    /// <summary>The database's time, in UTC; this machine's until the first reading.</summary>
    public override DateTimeOffset GetUtcNow() =>
        Volatile.Read(ref _reading) is { } reading ? reading.Time + GetElapsedTime(reading.Timestamp) : machine.GetUtcNow();

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Takes over what the database said, unless it differs by no more than the reading can be wrong.</summary>
    /// <param name="time">The database's time, in UTC.</param>
    /// <param name="timestamp">When it was that, by <see cref="GetTimestamp"/>.</param>
    /// <param name="uncertainty">By how much that can be wrong.</param>
    /// <returns>How far time went forward by it, or back if negative; zero when it was left alone.</returns>
    public TimeSpan Take(DateTimeOffset time, long timestamp, TimeSpan uncertainty)
    {
        var difference = time + GetElapsedTime(timestamp) - GetUtcNow();
        if (_reading is not null && difference.Duration() <= Noise + uncertainty)
        {
            return TimeSpan.Zero;
        }

        Volatile.Write(ref _reading, new Reading(time, timestamp));
        return difference;
    }

    private sealed record Reading(DateTimeOffset Time, long Timestamp);
}
