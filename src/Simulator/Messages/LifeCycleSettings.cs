using Microsoft.Extensions.Options;

namespace PhoneMasking.Simulator.Messages;

/// <summary>How messages live at the moment: begins as configured, can be changed while running.</summary>
internal sealed class LifeCycleSettings(IOptions<MessageOptions> options)
{
    private volatile LifeCycle _current = LifeCycle.Of(options.Value);

    public LifeCycle Current
    {
        get => _current;
        set => _current = value;
    }

    public void Reset() => _current = LifeCycle.Of(options.Value);
}

/// <summary>The times and the callbacks of a message. Both times count from acceptance.</summary>
internal sealed record LifeCycle(TimeSpan SentAfter, TimeSpan DeliveredAfter, CallbackMode Callbacks, TimeSpan LateBy)
{
    public static LifeCycle Of(MessageOptions options) =>
        new(options.SentAfter, options.DeliveredAfter, options.Callbacks, options.LateBy);
}
