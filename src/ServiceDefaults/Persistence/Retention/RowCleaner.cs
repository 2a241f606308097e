using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace PhoneMasking.ServiceDefaults.Persistence.Retention;

/// <summary>
/// Deletes rows that are past their retention. Any number of instances may do it: each takes rows that no other is taking.
/// </summary>
/// <param name="database">The service's database.</param>
/// <param name="interval">How often, give or take a quarter.</param>
/// <param name="rows">What to delete.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="logger">Receives what was deleted.</param>
public sealed partial class RowCleaner(
    NpgsqlDataSource database,
    TimeSpan interval,
    IReadOnlyList<ExpiringRows> rows,
    TimeProvider clock,
    ILogger<RowCleaner> logger) : BackgroundService
{
    private const int BatchSize = 1000;

    /// <summary>Deletes all that is past its retention now.</summary>
    /// <param name="cancellationToken">Ends the work between two batches.</param>
    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        foreach (var kind in rows)
        {
            if (await DeleteAsync(kind, cancellationToken) is > 0 and var count)
            {
                LogCleaned(count, kind.What);
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // Not all instances at once, which start together.
#pragma warning disable CA5394 // Spreads load; nothing secret.
            var pause = interval * (0.75 + (Random.Shared.NextDouble() / 2));
#pragma warning restore CA5394
            await Task.Delay(pause, clock, stoppingToken);
            try
            {
                await CleanAsync(stoppingToken);
            }
            catch (NpgsqlException failure)
            {
                LogFailed(failure.GetType().Name);
            }
        }
    }

    private async Task<int> DeleteAsync(ExpiringRows kind, CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow().ToUniversalTime() - kind.Retention;
        var total = 0;
        int deleted;
        do
        {
            await using var command = database.CreateCommand($"""
                DELETE FROM {kind.Table} WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM {kind.Table} WHERE {kind.Past} LIMIT {BatchSize} FOR UPDATE SKIP LOCKED))
                """);
            command.Parameters.AddWithValue(before);
            deleted = await command.ExecuteNonQueryAsync(cancellationToken);
            total += deleted;
        }
        while (deleted == BatchSize);

        return total;
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "{Count} {What} deleted that are past their retention")]
    private partial void LogCleaned(int count, string what);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "What is past its retention could not be deleted, will be tried again: {Failure}")]
    private partial void LogFailed(string failure);
}

/// <summary>Adds cleaners to a service.</summary>
public static class RetentionRegistration
{
    /// <summary>Adds a cleaner of its own for some rows. A service may have several, each with its interval.</summary>
    /// <param name="services">The service being composed.</param>
    /// <param name="plan">Reads from the options how often to clean, and what.</param>
    public static void AddRowCleaner(
        this IServiceCollection services, Func<IServiceProvider, (TimeSpan Interval, ExpiringRows[] Rows)> plan) =>

        // Not AddHostedService, which takes one of a type.
        services.AddSingleton<IHostedService>(provider =>
        {
            var (interval, rows) = plan(provider);
            return ActivatorUtilities.CreateInstance<RowCleaner>(provider, interval, rows);
        });
}
