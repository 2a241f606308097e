using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.NumberService.Monitors;

/// <summary>
/// Runs each organisation's monitors when they are due. The schedule is in the database: it survives restarts, and any
/// number of instances share it.
/// </summary>
internal sealed partial class MonitorTimer(
    IServiceScopeFactory scopes,
    IOptions<MonitorOptions> options,
    TimeProvider clock,
    ILogger<MonitorTimer> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.PollInterval, clock);
        do
        {
            try
            {
                foreach (var due in await FindDueAsync(stoppingToken))
                {
                    await RunAsync(due, stoppingToken);
                }
            }
            catch (Exception failure) when (IsDatabaseFault(failure))
            {
                LogScheduleNotRead(failure.GetBaseException().GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static bool IsDatabaseFault(Exception failure) =>
        failure is DbUpdateException or NpgsqlException or InvalidOperationException or TimeoutException;

    private async Task<List<MonitorSchedule>> FindDueAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NumberDbContext>();
        var now = clock.GetStorableNow();

        // An organisation's first run comes a whole interval after it is first seen: nothing is bought while it is set up.
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO numbers.monitor_schedules (organisation_id, monitor, counted_from)
            SELECT organisation_id, monitor, {now}
            FROM (SELECT organisation_id FROM numbers.numbers UNION SELECT organisation_id FROM numbers.sitters) AS seen
            CROSS JOIN unnest({Enum.GetNames<NumberMonitor>()}) AS monitor
            ON CONFLICT DO NOTHING
            """,
            cancellationToken);
        var dueFrom = now - options.Value.Interval;
        return await db.MonitorSchedules
            .AsNoTracking()
            .Where(schedule => schedule.CountedFrom <= dueFrom)
            .OrderBy(schedule => schedule.CountedFrom)
            .ToListAsync(cancellationToken);
    }

    // By itself, so that one organisation's trouble does not keep the others waiting.
    private async Task RunAsync(MonitorSchedule due, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var desk = scope.ServiceProvider.GetRequiredService<MonitorDesk>();
            if (await desk.RunIfDueAsync(due.OrganisationId, due.Monitor, cancellationToken) is { } run)
            {
                LogRan(due.Monitor, due.OrganisationId, run.Decision);
            }
        }
        catch (Exception failure) when (IsDatabaseFault(failure))
        {
            LogNotRun(due.Monitor, due.OrganisationId, failure.GetBaseException().GetType().Name);
        }
    }

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Information,
        Message = "{Monitor} of organisation {OrganisationId} ran: {Decision}")]
    private partial void LogRan(NumberMonitor monitor, OrganisationId organisationId, MonitorDecision decision);

    [LoggerMessage(
        EventId = 2,
        Level = LogLevel.Warning,
        Message = "{Monitor} of organisation {OrganisationId} could not run, will be tried again: {Failure}")]
    private partial void LogNotRun(NumberMonitor monitor, OrganisationId organisationId, string failure);

    [LoggerMessage(
        EventId = 3,
        Level = LogLevel.Warning,
        Message = "The schedule of the monitors could not be read, will be tried again: {Failure}")]
    private partial void LogScheduleNotRead(string failure);
}
