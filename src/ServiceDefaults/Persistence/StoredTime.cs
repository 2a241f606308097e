namespace PhoneMasking.ServiceDefaults.Persistence;

/// <summary>Times as the database keeps them.</summary>
public static class StoredTime
{
    /// <summary>
    /// The time in UTC to whole microseconds, PostgreSQL's precision: what is answered at once is what is read later.
    /// </summary>
    /// <param name="clock">The clock.</param>
    public static DateTimeOffset GetStorableNow(this TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
