using Npgsql;

namespace PhoneMasking.Benchmarks.Product;

/// <summary>The company that the load plays, written straight into the gateway's copy of the directory.</summary>
internal static class Directory
{
    private static readonly Guid Organisation = new("01920000-0000-7000-8000-000000000001");

    public static async Task SeedAsync(string connectionString)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        for (var sitter = 0; sitter < Traffic.Sitters; sitter++)
        {
            var id = Guid.CreateVersion7();
            await ExecuteAsync(
                database,
                "INSERT INTO gateway.sitters VALUES ($1, $2, $3, $4, $5, true, 1)",
                id, Organisation, $"Sitter {sitter}", Traffic.SitterPhone(sitter), Traffic.Reserved(sitter));
            await ExecuteAsync(
                database,
                "INSERT INTO gateway.numbers VALUES ($1, $2, $3, 1, 1, $4, 1)",
                Guid.CreateVersion7(), Organisation, Traffic.Reserved(sitter), id);
        }

        for (var number = 0; number < Traffic.ClientsPerSitter + 5; number++)
        {
            await ExecuteAsync(
                database,
                "INSERT INTO gateway.numbers VALUES ($1, $2, $3, 0, 1, NULL, 1)",
                Guid.CreateVersion7(), Organisation, Traffic.Pool(number));
        }

        for (var client = 0; client < Traffic.Sitters * Traffic.ClientsPerSitter; client++)
        {
            var id = Guid.CreateVersion7();
            await ExecuteAsync(
                database, "INSERT INTO gateway.clients VALUES ($1, $2, $3, false, 1)", id, Organisation, $"Client {client}");
            await ExecuteAsync(
                database, "INSERT INTO gateway.client_numbers VALUES ($1, $2, $3)", Organisation, Traffic.ClientPhone(client), id);
        }
    }

    public static async Task<long> CountAsync(string connectionString, string query)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var command = database.CreateCommand(query);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string statement, params object[] values)
    {
        await using var command = database.CreateCommand(statement);
        foreach (var value in values)
        {
            command.Parameters.AddWithValue(value);
        }

        await command.ExecuteNonQueryAsync();
    }
}
