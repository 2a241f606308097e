using RabbitMQ.Client;

namespace PhoneMasking.ServiceDefaults.Messaging;

/// <summary>
/// Opens connections to the broker beside the bus, for messages that must be taken as they are: those that could not be read.
/// </summary>
public sealed class BrokerConnections
{
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    private readonly Uri _address;
    private readonly BrokerWatch _broker;

    internal BrokerConnections(Uri address, BrokerWatch broker)
    {
        _address = address;
        _broker = broker;
    }

    /// <summary>Waits until the broker can be reached and connects. The connection is not renewed when it is lost.</summary>
    /// <param name="name">Shown in RabbitMQ's management.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="RabbitMQ.Client.Exceptions.BrokerUnreachableException">It was lost in that moment.</exception>
    public async Task<IConnection> OpenAsync(string name, CancellationToken cancellationToken)
    {
        await _broker.WaitUntilReachableAsync(cancellationToken);
        var factory = new ConnectionFactory
        {
            Uri = _address,
            ClientProvidedName = name,
            AutomaticRecoveryEnabled = false,
            RequestedConnectionTimeout = ConnectPatience,
            RequestedHeartbeat = Heartbeat,
        };
        return await factory.CreateConnectionAsync(cancellationToken);
    }
}
