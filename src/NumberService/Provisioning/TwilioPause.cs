namespace PhoneMasking.NumberService.Provisioning;

/// <summary>Until when this instance starts no step, because Twilio asked for it (429).</summary>
internal sealed class TwilioPause(TimeProvider clock)
{
    private long _untilTicks;

    /// <summary>How long the pause still is; zero when there is none.</summary>
    public TimeSpan Left
    {
        get
        {
            var left = TimeSpan.FromTicks(Volatile.Read(ref _untilTicks) - clock.GetUtcNow().UtcTicks);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Begins a pause, or makes the present one longer.</summary>
    public void For(TimeSpan wait)
    {
        var until = (clock.GetUtcNow() + wait).UtcTicks;
        long before;
        do
        {
            before = Volatile.Read(ref _untilTicks);
        }
        while (before < until && Interlocked.CompareExchange(ref _untilTicks, until, before) != before);
    }
}
