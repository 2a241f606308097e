using Npgsql;
using PhoneMasking.AppHost.Local;

namespace PhoneMasking.TestServers;

/// <summary>
/// The real PostgreSQL and RabbitMQ that tests share: those that <c>./test</c> started, or else private ones of this
/// process, each started when it is first asked for and ended with the process.
/// </summary>
/// <remarks>
/// A test takes a database or a virtual host of its own (milliseconds each) and never stops a shared server. A test
/// that kills or restarts a server starts its own <see cref="PrivatePostgres"/> or <see cref="PrivateRabbitMq"/>
/// in a <see cref="TemporaryFolder"/>.
/// </remarks>
public sealed class TestInfrastructure
{
    /// <summary>Variable with the Npgsql connection string of a shared server's superuser.</summary>
    public const string PostgresVariable = "PHONEMASKING_TEST_POSTGRES";

    /// <summary>Variable with a shared broker's AMQP URI, without a virtual host.</summary>
    public const string RabbitMqVariable = "PHONEMASKING_TEST_RABBITMQ";

    /// <summary>Variable with the folder of that broker, by which its virtual hosts are administered.</summary>
    public const string RabbitMqFolderVariable = "PHONEMASKING_TEST_RABBITMQ_FOLDER";

    private static readonly TestInfrastructure Instance = new();

    private readonly Lazy<Task<string>> _postgres = new(OpenPostgresAsync);
    private readonly Lazy<Task<(Uri Uri, RabbitMqAdmin Admin)>> _rabbitMq = new(OpenRabbitMqAsync);

    private TestInfrastructure()
    {
    }

    /// <summary>Returns the servers of this test run. Costs nothing until one is used.</summary>
    public static Task<TestInfrastructure> GetAsync() => Task.FromResult(Instance);

    /// <summary>Creates an empty database, dropped when disposed.</summary>
    public async Task<TestDatabase> CreateDatabaseAsync(CancellationToken cancellationToken = default)
    {
        var server = await _postgres.Value.WaitAsync(cancellationToken);
        return await TestDatabase.CreateAsync(new NpgsqlConnectionStringBuilder(server), cancellationToken);
    }

    /// <summary>Creates an empty virtual host, deleted with its queues when disposed.</summary>
    public async Task<TestVirtualHost> CreateVirtualHostAsync(CancellationToken cancellationToken = default)
    {
        var (uri, admin) = await _rabbitMq.Value.WaitAsync(cancellationToken);
        return await TestVirtualHost.CreateAsync(uri, admin, cancellationToken);
    }

    private static async Task<string> OpenPostgresAsync()
    {
        if (Environment.GetEnvironmentVariable(PostgresVariable) is { Length: > 0 } given)
        {
            return given;
        }

        var folder = new TemporaryFolder();
        var server = new PrivatePostgres(folder.Path);
        AtProcessExit(server.KillNow, folder);
        await server.StartAsync();
        return server.ConnectionString();
    }

    private static async Task<(Uri Uri, RabbitMqAdmin Admin)> OpenRabbitMqAsync()
    {
        if (Environment.GetEnvironmentVariable(RabbitMqVariable) is { Length: > 0 } given)
        {
            var folderOfGiven = Environment.GetEnvironmentVariable(RabbitMqFolderVariable)
                ?? throw new InvalidOperationException($"{RabbitMqVariable} is set; set {RabbitMqFolderVariable}, too.");
            return (new Uri(given), new RabbitMqAdmin(folderOfGiven));
        }

        var folder = new TemporaryFolder();
        var broker = new PrivateRabbitMq(folder.Path);
        AtProcessExit(broker.KillNow, folder);
        await broker.StartAsync();
        return (new Uri(broker.ConnectionString()), new RabbitMqAdmin(broker.Folder));
    }

    private static void AtProcessExit(Action kill, TemporaryFolder folder) =>
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            kill();
            folder.Dispose();
        };
}
