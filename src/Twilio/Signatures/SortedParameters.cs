using System.Buffers;

namespace PhoneMasking.Twilio.Signatures;

/// <summary>
/// A pooled copy of a form's parameters in the order they are signed: by name, then by value, both ordinal.
/// </summary>
internal ref struct SortedParameters
{
    private const int UsualCount = 32;

    private KeyValuePair<string, string>[] _items;
    private int _count;

    public SortedParameters(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var expected = parameters.TryGetNonEnumeratedCount(out var count) ? count : UsualCount;
        _items = ArrayPool<KeyValuePair<string, string>>.Shared.Rent(expected);
        foreach (var parameter in parameters)
        {
            if (_count == _items.Length)
            {
                Grow();
            }

            _items[_count++] = parameter;
        }

        _items.AsSpan(0, _count).Sort(static (one, other) =>
            string.CompareOrdinal(one.Key, other.Key) is var byName && byName != 0
                ? byName
                : string.CompareOrdinal(one.Value, other.Value));
    }

    public readonly ReadOnlySpan<KeyValuePair<string, string>> Items => _items.AsSpan(0, _count);

    public readonly void Dispose()
    {
        // Cleared, so that the pool does not keep message bodies alive.
        _items.AsSpan(0, _count).Clear();
        ArrayPool<KeyValuePair<string, string>>.Shared.Return(_items);
    }

    private void Grow()
    {
        var larger = ArrayPool<KeyValuePair<string, string>>.Shared.Rent((_items.Length * 2) + 1);
        Items.CopyTo(larger);
        Dispose();
        _items = larger;
    }
}
