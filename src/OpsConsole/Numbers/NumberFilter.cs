using PhoneMasking.Contracts;

namespace PhoneMasking.OpsConsole.Numbers;

/// <summary>Reads and writes the filter of the numbers in an address, which can be kept and shared.</summary>
internal static class NumberFilter
{
    /// <summary>Reads a filter; what is no word of it counts as absent, since anyone can type an address.</summary>
    /// <param name="lifecycle">What for.</param>
    /// <param name="status">In which state.</param>
    public static (NumberLifecycle? Lifecycle, NumberStatus? Status) Read(string? lifecycle, string? status) => (
        NumberWords.Lifecycles.Where(known => known.Choice.Key == lifecycle)
            .Select(known => (NumberLifecycle?)known.Value).FirstOrDefault(),
        NumberWords.Statuses.Where(known => known.Choice.Key == status)
            .Select(known => (NumberStatus?)known.Value).FirstOrDefault());

    /// <summary>Writes a filter as the query of an address; empty when nothing is filtered.</summary>
    /// <param name="lifecycle">What for.</param>
    /// <param name="status">In which state.</param>
    public static string Query(NumberLifecycle? lifecycle, NumberStatus? status)
    {
        var parts = new[]
        {
            lifecycle is { } value ? "lifecycle=" + NumberWords.Lifecycles.First(known => known.Value == value).Choice.Key : null,
            status is { } state ? "status=" + NumberWords.Statuses.First(known => known.Value == state).Choice.Key : null,
        };
        var query = string.Join('&', parts.OfType<string>());
        return query.Length == 0 ? "" : "?" + query;
    }
}
