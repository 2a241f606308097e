using System.Diagnostics;
using Npgsql;

namespace PhoneMasking.EndToEnd.Product;

/// <summary>Waits for what the product's processes bring about.</summary>
internal static class Until
{
    /// <summary>Long enough for a busy machine; a test that needs it all has failed its purpose, not its assertion.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks again and again until the answer is yes.</summary>
    /// <exception cref="TimeoutException">It was still no when the patience was over.</exception>
    public static async Task TrueAsync(Func<Task<bool>> condition, Func<Task<string>> what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                throw new TimeoutException($"Waited {Patience.TotalSeconds} s for {await what()}.");
            }

            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }

    /// <inheritdoc cref="TrueAsync(Func{Task{bool}}, Func{Task{string}})"/>
    public static Task TrueAsync(Func<Task<bool>> condition, string what) =>
        TrueAsync(condition, () => Task.FromResult(what));

    /// <summary>Asks the product's database until the one value of its answer is true.</summary>
    public static Task QueryAsync(ProductSystem product, string query, string what) =>
        TrueAsync(async () => await ReadAsync<bool?>(product, query) == true, what);

    /// <summary>Reads one value from the product's database; waits while that is away.</summary>
    public static async Task<T?> ReadAsync<T>(ProductSystem product, string query)
    {
        try
        {
            await using var command = product.Database.CreateCommand(query);
            return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) is T value ? value : default;
        }
        catch (NpgsqlException failure) when (failure.IsTransient)
        {
            return default;
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return default;
        }
    }
}
