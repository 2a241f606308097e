using Npgsql;
using PhoneMasking.AppHost.Local;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A PostgreSQL server: a given one, or the installed one as our child process.</summary>
public sealed class PostgresServerResource : Resource, IResourceWithConnectionString
{
    private readonly PrivatePostgres? _server;
    private readonly string? _given;

    internal PostgresServerResource(string name, string dataFolder)
        : base(name)
    {
        _given = Given(name);
        _server = _given is null ? new PrivatePostgres(Path.Combine(dataFolder, name)) : null;
    }

    /// <inheritdoc/>
    public string ConnectionString => _given ?? _server!.ConnectionString();

    /// <summary>The databases on it; a server without any that we have to create is not started.</summary>
    internal List<PostgresDatabaseResource> Databases { get; } = [];

    internal override string? Address => IsOurs ? $"127.0.0.1:{_server!.Port}" : null;

    internal override Task<int> Exited => IsOurs ? _server!.Exited : Never;

    internal override string Tail => _server?.Tail ?? "";

    private bool IsOurs => _server is not null && Databases.Any(d => !d.IsGiven);

    internal override Task StartAsync(RunLog log, CancellationToken cancellationToken) =>
        IsOurs ? _server!.StartAsync(cancellationToken) : Task.CompletedTask;

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        await base.DisposeAsync();
    }
}

/// <summary>A database; created when it is missing and its server is not a given one.</summary>
public sealed class PostgresDatabaseResource : Resource, IResourceWithConnectionString
{
    private readonly PostgresServerResource _server;
    private readonly string _databaseName;
    private readonly string? _given;

    internal PostgresDatabaseResource(string name, string databaseName, PostgresServerResource server)
        : base(name)
    {
        _server = server;
        _databaseName = databaseName;
        _given = Given(name);
        server.Databases.Add(this);
        Dependencies.Add(server);
    }

    /// <inheritdoc/>
    public string ConnectionString =>
        _given ?? new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = _databaseName }.ConnectionString;

    internal bool IsGiven => _given is not null;

    internal override async Task StartAsync(RunLog log, CancellationToken cancellationToken)
    {
        if (IsGiven)
        {
            return;
        }

        try
        {
            await CreateIfMissingAsync(cancellationToken);
        }
        catch (NpgsqlException failure)
        {
            throw new ServerNotStartedException($"The database {Name} could not be prepared: {failure.Message}");
        }
    }

    private async Task CreateIfMissingAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection($"{_server.ConnectionString};Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var exists = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection);
        exists.Parameters.AddWithValue(_databaseName);
        if (await exists.ExecuteScalarAsync(cancellationToken) is null)
        {
            var name = _databaseName.Replace("\"", "\"\"", StringComparison.Ordinal);
            await using var create = new NpgsqlCommand($"CREATE DATABASE \"{name}\"", connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}

/// <summary>A RabbitMQ broker: a given one, or the installed one as our child process.</summary>
public sealed class RabbitMQServerResource : Resource, IResourceWithConnectionString
{
    private readonly PrivateRabbitMq? _server;
    private readonly string? _given;

    internal RabbitMQServerResource(string name, string dataFolder)
        : base(name)
    {
        _given = Given(name);
        _server = _given is null ? new PrivateRabbitMq(Path.Combine(dataFolder, name)) : null;
    }

    /// <inheritdoc/>
    public string ConnectionString => _given ?? _server!.ConnectionString();

    internal override string? Address => _server is null ? null : $"127.0.0.1:{_server.Port}";

    internal override Task<int> Exited => _server?.Exited ?? Never;

    internal override string Tail => _server?.Tail ?? "";

    internal override Task StartAsync(RunLog log, CancellationToken cancellationToken) =>
        _server?.StartAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        await base.DisposeAsync();
    }
}
