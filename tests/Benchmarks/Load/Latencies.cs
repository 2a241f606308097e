namespace PhoneMasking.Benchmarks.Load;

/// <summary>Collects times and tells their percentiles, in milliseconds.</summary>
internal sealed class Latencies
{
    private readonly List<double> _milliseconds = [];
    private readonly Lock _lock = new();

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _milliseconds.Count;
            }
        }
    }

    public void Add(TimeSpan time)
    {
        lock (_lock)
        {
            _milliseconds.Add(time.TotalMilliseconds);
        }
    }

    /// <summary>The time that this share of all (0 to 1) stayed below.</summary>
    public double Percentile(double share)
    {
        lock (_lock)
        {
            if (_milliseconds.Count == 0)
            {
                return double.NaN;
            }

            _milliseconds.Sort();
            return _milliseconds[Math.Min(_milliseconds.Count - 1, (int)(share * _milliseconds.Count))];
        }
    }
}
