using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using PhoneMasking.ServiceDefaults.Telemetry;

namespace PhoneMasking.ServiceDefaults.Messaging.Outbox;

/// <summary>
/// Takes committed outbox rows, publishes them with confirms and commits that they are gone. A crash in between publishes
/// them again, with the same message id. Any number of instances share the work (SKIP LOCKED).
/// </summary>
/// <remarks>
/// Rows are published side by side: what must be in order (the texts of a conversation, the versions of a number) is put
/// in order by the receiver's database, because no broker keeps order across several consumers (docs/adr/0002).
/// </remarks>
internal sealed partial class OutboxRelay(
    NpgsqlDataSource database,
    OutboxTable table,
    BrokerWatch broker,
    IBus bus,
    OutboxSignal signal,
    ServiceTelemetry telemetry,
    TimeProvider clock,
    ILogger<OutboxRelay> logger) : BackgroundService
{
    // A batch that waits for a broker that is gone ends with BrokerWatch's word; this is for one that is there and silent.
    private static readonly TimeSpan PublishTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    // A take, a publish and a commit cost nearly the same for twenty messages as for one. A lone message does not wait, for
    // the rest comes behind it.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);

    private enum Outcome
    {
        Published,
        Refused,
        BrokerAway,
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // First, so that nothing is locked while there is nobody to publish to.
                var brokerLost = await broker.WaitUntilReachableAsync(stoppingToken);
                var taken = await RelayBatchAsync(brokerLost, stoppingToken);
                if (taken < OutboxTable.BatchSize)
                {
                    // By the machine's clock: it is about work saved, whatever time it is.
                    await Task.Delay(taken == 0 ? TimeSpan.Zero : Rest, TimeProvider.System, stoppingToken);
                    await signal.WaitAsync(PollInterval, clock, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The loop must outlive whatever happens to the database or the broker.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                LogRelayFailed(failure.GetType().Name);
                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<int> RelayBatchAsync(CancellationToken brokerLost, CancellationToken stoppingToken)
    {
        await using var connection = await database.OpenConnectionAsync(stoppingToken);
        await using var transaction = await connection.BeginTransactionAsync(stoppingToken);
        var rows = await table.TakeAsync(connection, clock.GetUtcNow(), stoppingToken);
        if (rows.Count == 0)
        {
            return 0;
        }

        // A stop lets the batch end: it takes milliseconds, and cutting it off would publish it twice.
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(brokerLost);
        deadline.CancelAfter(PublishTimeout);
        var outcomes = await Task.WhenAll(rows.Select(row => PublishAsync(row, deadline.Token)));
        if (!outcomes.Contains(Outcome.BrokerAway))
        {
            await PutBackAsync(connection, rows, outcomes);
            await transaction.CommitAsync(CancellationToken.None);
            return rows.Count;
        }

        if (outcomes.Contains(Outcome.Published))
        {
            await PutBackAsync(connection, rows, outcomes);
            await transaction.CommitAsync(CancellationToken.None);
        }

        // Without a commit everything is back in its place.
        throw new TimeoutException("The broker did not confirm.");
    }

    private async Task PutBackAsync(NpgsqlConnection connection, List<OutboxRow> rows, Outcome[] outcomes)
    {
        for (var index = 0; index < rows.Count; index++)
        {
            if (outcomes[index] != Outcome.Published)
            {
                await table.PutBackAsync(connection, rows[index], outcomes[index] == Outcome.Refused, clock.GetUtcNow());
            }
        }
    }

    private async Task<Outcome> PublishAsync(OutboxRow row, CancellationToken cancellationToken)
    {
        using var span = telemetry.StartFrom("outbox publish", ActivityKind.Internal, row.TraceParent);
        try
        {
            var type = Contract.Named(row.Type);
            var message = JsonSerializer.Deserialize(row.Body, type, JsonSerializerOptions.Web)!;

            // A publish that was under way when the connection broke may never end, whatever its token says. It would hold the
            // whole batch, which no other instance can take meanwhile.
            await bus.Publish(message, type, context => Address(context, row.Id), cancellationToken).WaitAsync(cancellationToken);
            return Outcome.Published;
        }
#pragma warning disable CA1031 // One row that cannot be published must not hold up the others; it is tried again.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            if (cancellationToken.IsCancellationRequested || failure is ConnectionException)
            {
                return Outcome.BrokerAway;
            }

            LogPublishFailed(row.Type, row.Id, row.Attempts + 1, failure.GetType().Name);
            return Outcome.Refused;
        }
    }

    private static void Address(PublishContext context, Guid messageId)
    {
        context.MessageId = messageId;

        // RabbitMQ confirms a message that no queue takes, too; mandatory makes that a failure, so it is tried again.
        context.Mandatory = true;
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Outbox relay paused: {Failure}")]
    private partial void LogRelayFailed(string failure);

    [LoggerMessage(
        EventId = 2,
        Level = LogLevel.Warning,
        Message = "{Type} {MessageId} not published at try {Attempt}, will be tried again: {Failure}")]
    private partial void LogPublishFailed(string type, Guid messageId, int attempt, string failure);
}
