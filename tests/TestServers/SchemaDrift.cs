using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace PhoneMasking.TestServers;

/// <summary>Holds EF Core's model against the schema that the hand-written migrations made.</summary>
public static class SchemaDrift
{
    /// <summary>
    /// Compares tables, columns, types, nullability and primary keys, in both directions. Tables of the model's schema only;
    /// EF Core's own history table is left out.
    /// </summary>
    /// <param name="context">A context on a migrated database.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What differs, one sentence each; empty when nothing does.</returns>
    public static async Task<IReadOnlyList<string>> FindAsync(DbContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var schema = context.Model.GetDefaultSchema() ?? "public";
        var actual = await context.Database
            .SqlQuery<string>($"""
                SELECT c.table_name || '.' || c.column_name || ' '
                    || pg_catalog.format_type(a.atttypid, a.atttypmod)
                    || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
                    || CASE WHEN k.conrelid IS NULL THEN '' ELSE ' key' END AS "Value"
                FROM information_schema.columns c
                JOIN information_schema.tables t USING (table_schema, table_name)
                JOIN pg_catalog.pg_attribute a
                    ON a.attrelid = (quote_ident(c.table_schema) || '.' || quote_ident(c.table_name))::regclass
                    AND a.attname = c.column_name
                LEFT JOIN pg_catalog.pg_constraint k
                    ON k.conrelid = a.attrelid AND k.contype = 'p' AND a.attnum = ANY (k.conkey)
                WHERE c.table_schema = {schema} AND t.table_type = 'BASE TABLE' AND c.table_name <> 'schema_history'
                """)
            .ToListAsync(cancellationToken);
        var expected = context.Model.GetRelationalModel().Tables
            .Where(table => (table.Schema ?? "public") == schema)
            .SelectMany(table => table.Columns.Select(column => Describe(table, column)))
            .ToArray();

        return
        [
            .. expected.Except(actual).Select(column => $"The model has {column}; the database has not.").Order(),
            .. actual.Except(expected).Select(column => $"The database has {column}; the model has not.").Order(),
        ];
    }

    private static string Describe(ITable table, IColumn column)
    {
        var key = table.PrimaryKey?.Columns.Contains(column) == true ? " key" : string.Empty;
        return $"{table.Name}.{column.Name} {column.StoreType}{(column.IsNullable ? "" : " not null")}{key}";
    }
}
