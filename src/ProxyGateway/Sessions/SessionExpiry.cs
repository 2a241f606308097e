using Microsoft.Extensions.Options;
using Npgsql;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.ProxyGateway.Sessions;

/// <summary>Closes sessions that nobody has used for their time to live. Any number of instances may do it.</summary>
internal sealed partial class SessionExpiry(
    NpgsqlDataSource database,
    IOptions<SessionTimeOptions> options,
    OutboxSignal outbox,
    TimeProvider clock,
    ILogger<SessionExpiry> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.ExpiryInterval, clock);
        do
        {
            try
            {
                while (await CloseSomeAsync(stoppingToken) > 0)
                {
                    outbox.Wake();
                }
            }
            catch (NpgsqlException failure)
            {
                LogFailed(failure.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<int> CloseSomeAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var closed = await SessionCloser.CloseExpiredAsync(connection, clock.GetUtcNow(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (closed > 0)
        {
            LogClosed(closed);
        }

        return closed;
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "{Count} sessions expired")]
    private partial void LogClosed(int count);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Sessions could not be closed, will be tried again: {Failure}")]
    private partial void LogFailed(string failure);
}
