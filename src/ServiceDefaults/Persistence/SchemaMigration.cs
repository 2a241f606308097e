using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace PhoneMasking.ServiceDefaults.Persistence;

/// <summary>
/// Brings a service's schema up to date before anything else of it starts. Instances that start together take turns by an
/// advisory lock: without it the first migration fails on the history table.
/// </summary>
internal sealed partial class SchemaMigration(
    IServiceScopeFactory scopes,
    NpgsqlDataSource database,
    ServiceSchema schema,
    TimeProvider clock,
    ILogger<SchemaMigration> logger) : IHostedService
{
    /// <summary>The table, in each service's schema, of the migrations that were applied.</summary>
    public const string HistoryTable = "schema_history";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // A migration that writes a large table anew takes longer than other statements may, and so does waiting for its turn.
    private static readonly TimeSpan LongestStatement = TimeSpan.FromMinutes(30);

    public Task StartAsync(CancellationToken cancellationToken) => MigrateAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Applies what is missing. Waits up to two minutes for a database that is still starting.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        var giveUpAt = clock.GetUtcNow() + Patience;
        while (true)
        {
            try
            {
                await MigrateOnceAsync(cancellationToken);
                return;
            }
            catch (Exception failure) when (IsNotThereYet(failure) && clock.GetUtcNow() < giveUpAt)
            {
                LogDatabaseNotThere(schema.Name);
                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
    }

    // A server that has just been set up may answer before the database is created.
    private static bool IsNotThereYet(Exception failure) =>
        DatabaseFault.IsTransient(failure)
        || failure is PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName };

    private async Task MigrateOnceAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var prepare = new NpgsqlCommand(
            $"SELECT pg_advisory_lock(hashtext('migrate:{schema.Name}')); CREATE SCHEMA IF NOT EXISTS {schema.Name};",
            connection)
        {
            CommandTimeout = (int)LongestStatement.TotalSeconds,
        };
        try
        {
            await prepare.ExecuteNonQueryAsync(cancellationToken);
            if (await IsUpToDateAsync(connection, cancellationToken))
            {
                return;
            }

            await using var scope = scopes.CreateAsyncScope();
            var context = (DbContext)scope.ServiceProvider.GetRequiredService(schema.ContextType);
            context.Database.SetCommandTimeout(LongestStatement);
            await context.Database.MigrateAsync(cancellationToken);
        }
        finally
        {
            await using var release = new NpgsqlCommand(
                $"SELECT pg_advisory_unlock(hashtext('migrate:{schema.Name}'))",
                connection);
            await release.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    // Asked without EF Core, whose model and migrations would stay in memory for the life of the process: there is something
    // to do at one start in hundreds.
    private async Task<bool> IsUpToDateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand($"SELECT to_regclass('{schema.Name}.{HistoryTable}') IS NOT NULL", connection);
        if (await exists.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return false;
        }

        var known = schema.ContextType.Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<DbContextAttribute>()?.ContextType == schema.ContextType)
            .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id)
            .OfType<string>()
            .ToArray();
        await using var missing = new NpgsqlCommand(
            $"""SELECT NOT EXISTS (SELECT unnest($1) EXCEPT SELECT "MigrationId" FROM {schema.Name}.{HistoryTable})""",
            connection);
        missing.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = known });
        return await missing.ExecuteScalarAsync(cancellationToken) is true;
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Waiting for PostgreSQL to migrate schema {Schema}")]
    private partial void LogDatabaseNotThere(string schema);
}

/// <summary>Which schema a service owns, and the context that describes it.</summary>
/// <param name="Name">The schema's name, a plain SQL identifier.</param>
/// <param name="ContextType">The context's type.</param>
internal sealed record ServiceSchema(string Name, Type ContextType);
