namespace PhoneMasking.Simulator.Airtable;

/// <summary>The tables of the base, empty at the start. One caller at a time.</summary>
internal sealed class BaseStore
{
    private readonly Lock _gate = new();
    private readonly List<Table> _tables = [];

    /// <summary>Does something with the tables that nobody else sees half done.</summary>
    public T With<T>(Func<List<Table>, T> work)
    {
        lock (_gate)
        {
            return work(_tables);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _tables.Clear();
        }
    }

    /// <summary>Finds a table by its name or id.</summary>
    public static Table? Find(List<Table> tables, string name) =>
        tables.Find(table => table.Name == name || table.Id == name);
}
