using Npgsql;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Crashes;

/// <summary>
/// A fail point without a line of it in the product: a trigger that lets no transaction commit that has made a certain
/// change. Whatever the product did before, such as publishing, has then happened without being recorded. When disposed,
/// the held transactions are rolled back, as they are when a process dies.
/// </summary>
internal sealed class HeldCommits : IAsyncDisposable
{
    private static int _held;

    private readonly NpgsqlConnection _connection;
    private readonly ProductSystem _product;
    private readonly string _table;
    private readonly int _key = 4711 + Interlocked.Increment(ref _held);

    private HeldCommits(ProductSystem product, NpgsqlConnection connection, string table)
    {
        _product = product;
        _connection = connection;
        _table = table;
    }

    private string Waiting => $"pg_locks WHERE locktype = 'advisory' AND NOT granted AND classid = 0 AND objid = {_key}";

    /// <summary>Holds commits from now on.</summary>
    /// <param name="product">The product.</param>
    /// <param name="change">The change, for example <c>DELETE ON gateway.outbox</c>.</param>
    /// <param name="condition">Of these changes only those that fulfil it.</param>
    public static async Task<HeldCommits> OfAsync(ProductSystem product, string change, string condition = "true")
    {
        var connection = await product.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var held = new HeldCommits(product, connection, change[(change.LastIndexOf(' ') + 1)..]);
        await held.ExecuteAsync($"""
            CREATE FUNCTION public.hold_{held._key}() RETURNS trigger LANGUAGE plpgsql
                AS 'BEGIN PERFORM pg_advisory_xact_lock_shared({held._key}); RETURN NULL; END';
            SELECT pg_advisory_lock({held._key});
            CREATE CONSTRAINT TRIGGER hold_{held._key} AFTER {change} DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION public.hold_{held._key}();
            """);
        return held;
    }

    /// <summary>Returns when at least one transaction is held.</summary>
    public Task WaitForOneAsync() =>
        Until.QueryAsync(_product, $"SELECT count(*) > 0 FROM {Waiting}", "a commit that is held");

    /// <summary>Lets what is held commit after all.</summary>
    public Task ReleaseAsync() => ExecuteAsync($"SELECT pg_advisory_unlock({_key})");

    /// <summary>
    /// Call once the processes are dead: what is still held is rolled back, as it is when they die before the commit.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await ExecuteAsync($"""
            SELECT pg_terminate_backend(pid, 5000) FROM {Waiting};
            DROP TRIGGER hold_{_key} ON {_table};
            DROP FUNCTION public.hold_{_key}();
            SELECT pg_advisory_unlock({_key});
            """);
        await _connection.DisposeAsync();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
