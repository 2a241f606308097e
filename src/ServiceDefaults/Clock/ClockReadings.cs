using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace PhoneMasking.ServiceDefaults.Clock;

/// <summary>Reads the database's time before anything starts that needs it, and every ten seconds from then on.</summary>
internal sealed partial class ClockReadings(
    NpgsqlDataSource database,
    DatabaseClock clock,
    ILogger<ClockReadings> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        while (!await TryReadAsync(cancellationToken))
        {
            await Task.Delay(Pause, clock, cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(DatabaseClock.ReadingInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TryReadAsync(stoppingToken);
        }
    }

    /// <summary>Reads once; a database that is away leaves the clock as it is.</summary>
    private async Task<bool> TryReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            await using var command = new NpgsqlCommand("SELECT clock_timestamp()", connection);
            var asked = clock.GetTimestamp();
            var time = (DateTime)(await command.ExecuteScalarAsync(cancellationToken))!;
            var moved = clock.Take(new DateTimeOffset(time), asked);
            if (moved.Duration() > DatabaseClock.LargestCorrection)
            {
                LogMoved(moved);
            }

            return true;
        }
        catch (NpgsqlException)
        {
            // Whoever needs the database says that it is away.
            return false;
        }
    }

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Warning,
        Message = "The database's clock is {Difference} from this machine's, or was set: its time is what counts. Are time services running?")]
    private partial void LogMoved(TimeSpan difference);
}
