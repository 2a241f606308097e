using System.Collections.Concurrent;

using Microsoft.Extensions.Options;

namespace PhoneMasking.Airtable.Transport;

/// <summary>The pace of each base.</summary>
internal sealed class BasePaces(IOptions<AirtableApiOptions> options, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<string, BasePace> _paces = new(StringComparer.Ordinal);

    public BasePace Of(string baseId) =>
        _paces.GetOrAdd(baseId, static (_, given) => new BasePace(given.Options, given.Clock), (Options: options.Value, Clock: clock));

    public void Dispose()
    {
        foreach (var pace in _paces.Values)
        {
            pace.Dispose();
        }
    }
}
