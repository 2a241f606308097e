using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace PhoneMasking.ServiceDefaults.Messaging;

/// <summary>
/// Knows whether the broker can be reached, by a connection of its own: what needs the broker waits here for it instead
/// of trying, and learns at once when it is gone.
/// </summary>
/// <remarks>
/// MassTransit alone waits 3, 6, 12 … 30 s between its tries to connect, so that a broker that was away for ten seconds
/// would be found again up to half a minute later.
/// </remarks>
internal sealed partial class BrokerWatch(Uri address, TimeProvider clock, ILogger<BrokerWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    private volatile Link _link = new();

    /// <summary>Returns as soon as the broker can be reached.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Cancelled when the broker is lost again.</returns>
    public async Task<CancellationToken> WaitUntilReachableAsync(CancellationToken cancellationToken)
    {
        var link = _link;
        await link.Reached.Task.WaitAsync(cancellationToken);
        return link.Lost.Token;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await using var connection = await ConnectAsync(stoppingToken);
                await WatchAsync(connection, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops.
        }
    }

    private async Task<IConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory
        {
            Uri = address,
            ClientProvidedName = "broker watch",
            AutomaticRecoveryEnabled = false,
            RequestedConnectionTimeout = ConnectPatience,
            RequestedHeartbeat = Heartbeat,
        };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await factory.CreateConnectionAsync(cancellationToken);
            }
            catch (Exception failure) when (failure is RabbitMQClientException or IOException or TimeoutException)
            {
                if (attempt == 1)
                {
                    LogNotReachable(failure.GetBaseException().GetType().Name);
                }

                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
    }

    private async Task WatchAsync(IConnection connection, CancellationToken cancellationToken)
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.ConnectionShutdownAsync += (_, _) =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        if (!connection.IsOpen)
        {
            return;
        }

        var link = _link;
        link.Reached.SetResult();
        LogReached();
        await closed.Task.WaitAsync(cancellationToken);
        _link = new Link();
        await link.Lost.CancelAsync();
        LogLost();
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "RabbitMQ cannot be reached, trying on: {Failure}")]
    private partial void LogNotReachable(string failure);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "RabbitMQ reached")]
    private partial void LogReached();

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "RabbitMQ lost")]
    private partial void LogLost();

    private sealed class Link
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CancellationTokenSource Lost { get; } = new();
    }
}
