namespace PhoneMasking.Simulator.Messages;

/// <summary>A list that grows at its end and is dropped from its start; a ring that doubles. Not thread-safe.</summary>
internal sealed class RecentList<T>
{
    private const int FirstCapacity = 4;

    private T[] _items = new T[FirstCapacity];
    private int _head;

    public int Count { get; private set; }

    /// <summary>The entry at a place counted from the oldest.</summary>
    public T this[int index] => _items[(_head + index) & (_items.Length - 1)];

    public void Add(T item)
    {
        if (Count == _items.Length)
        {
            Grow();
        }

        _items[(_head + Count) & (_items.Length - 1)] = item;
        Count++;
    }

    public T RemoveOldest()
    {
        var item = _items[_head];
        _items[_head] = default!;
        _head = (_head + 1) & (_items.Length - 1);
        Count--;
        return item;
    }

    private void Grow()
    {
        var larger = new T[_items.Length * 2];
        for (var index = 0; index < Count; index++)
        {
            larger[index] = this[index];
        }

        _items = larger;
        _head = 0;
    }
}
