using Npgsql;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.ProxyGateway.Refusals;

/// <summary>Tells the audit log once a minute who was turned away. What a crash loses is counted by the metrics all the same.</summary>
internal sealed partial class RefusalTeller(
    RefusalTally tally,
    NpgsqlDataSource database,
    OutboxSignal outbox,
    TimeProvider clock,
    ILogger<RefusalTeller> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Tells what was counted until now.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        var taken = tally.Take();
        if (taken.Count == 0)
        {
            return;
        }

        var now = clock.GetUtcNow();
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            await OutboxStatements.AddAsync(
                connection,
                GatewayDbContext.Schema,
                [
                    .. taken.Select(one => OutboxMessage.Of(
                        new AccessRefused(OrganisationId.Default, one.Door, $"{one.Door}-{one.Reason}", one.Count, now), now)),
                ],
                cancellationToken);
            outbox.Wake();
        }
        catch (NpgsqlException failure)
        {
            LogKept(failure.GetType().Name);
            foreach (var (door, reason, count) in taken)
            {
                tally.Add(door, reason, count);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await TellAsync(CancellationToken.None);
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Refusals are not told yet, will be told later: {Failure}")]
    private partial void LogKept(string failure);
}
