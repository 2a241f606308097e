using Npgsql;
using NpgsqlTypes;

namespace PhoneMasking.ProxyGateway.Persistence;

/// <summary>
/// The hot paths' way to write many rows in one statement: an array per column, joined by <c>unnest</c>. One such
/// statement is an order of magnitude faster than a statement per row (docs/performance.md).
/// </summary>
internal static class Rows
{
    public static void AddColumn<T>(this NpgsqlParameterCollection parameters, string name, NpgsqlDbType type, T[] values) =>
        parameters.Add(new NpgsqlParameter<T[]>(name, NpgsqlDbType.Array | type) { TypedValue = values });

    public static void AddColumn<TRow, T>(
        this NpgsqlParameterCollection parameters,
        string name,
        NpgsqlDbType type,
        IReadOnlyList<TRow> rows,
        Func<TRow, T> column)
    {
        var values = new T[rows.Count];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = column(rows[index]);
        }

        parameters.AddColumn(name, type, values);
    }

    public static T? Nullable<T>(this NpgsqlDataReader reader, int ordinal) =>
        reader.IsDBNull(ordinal) ? default : reader.GetFieldValue<T>(ordinal);
}
