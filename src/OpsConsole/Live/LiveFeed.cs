namespace PhoneMasking.OpsConsole.Live;

/// <summary>Tells the open pages of this instance that something happened.</summary>
internal sealed class LiveFeed
{
    private readonly Lock _gate = new();
    private readonly List<LiveListener> _listeners = [];

    /// <summary>Says that something happened.</summary>
    public void Announce()
    {
        lock (_gate)
        {
            _listeners.ForEach(listener => listener.Wake());
        }
    }

    /// <summary>Begins to listen; dispose the listener to end it.</summary>
    /// <param name="clock">Measures the listener's waits.</param>
    public LiveListener Join(TimeProvider clock)
    {
        var listener = new LiveListener(clock, Leave);
        lock (_gate)
        {
            _listeners.Add(listener);
        }

        return listener;
    }

    private void Leave(LiveListener listener)
    {
        lock (_gate)
        {
            _listeners.Remove(listener);
        }
    }
}
