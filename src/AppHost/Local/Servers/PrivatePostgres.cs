using System.Runtime.InteropServices;
using Npgsql;

namespace PhoneMasking.AppHost.Local;

/// <summary>
/// The installed PostgreSQL as a child process of our own: on loopback, on a free port, with its data in a folder
/// that is kept. The superuser is <c>postgres</c>, without a password. Durability is PostgreSQL's default.
/// </summary>
/// <param name="folder">Where the data is or will be. A crashed server's data is recovered at the next start.</param>
/// <param name="port">The port; 0 chooses a free one, which then stays the same over restarts.</param>
public sealed class PrivatePostgres(string folder, int port = 0) : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);

    private ChildProcess? _server;

    /// <summary>The TCP port on 127.0.0.1.</summary>
    public int Port { get; } = port == 0 ? FreePort.Next() : port;

    /// <summary>The server's process id while it runs, else 0.</summary>
    public int ProcessId => _server is { HasExited: false } ? _server.Id : 0;

    /// <summary>Completes when the running server has ended for whatever reason.</summary>
    internal Task<int> Exited => _server?.Exited ?? Task.FromResult(0);

    /// <summary>The last lines that the server wrote.</summary>
    internal string Tail => _server?.Tail ?? "";

    /// <summary>A connection string in Npgsql's form.</summary>
    public string ConnectionString(string database = "postgres") =>
        $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database}";

    /// <summary>Starts the server, creating its data folder the first time; returns when it answers queries.</summary>
    /// <exception cref="ServerNotStartedException">PostgreSQL is not installed, or did not start.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (ProcessId != 0)
        {
            return;
        }

        var cluster = await PostgresCluster.OpenAsync(folder, cancellationToken);
        _server = ChildProcess.Start(cluster.ServerPlan(Port));
        await Readiness.WaitAsync("PostgreSQL", _server, AnswersAsync, StartPatience, cancellationToken);
    }

    /// <summary>Stops the server in good order: open transactions are rolled back, connections closed.</summary>
    public async Task StopAsync()
    {
        if (_server is not null)
        {
            await _server.EndAsync(PosixSignal.SIGINT, StopPatience);
        }
    }

    /// <summary>
    /// Stops the server as <c>pg_ctl stop -m immediate</c> does: every connection ends at once, nothing is written any more,
    /// and the next start recovers as after a crash.
    /// </summary>
    public async Task StopImmediatelyAsync()
    {
        if (_server is not null)
        {
            await _server.EndAsync(PosixSignal.SIGQUIT, StopPatience);
        }
    }

    /// <summary>Kills the server with SIGKILL, as a crash of the machine would.</summary>
    public async Task KillAsync()
    {
        if (_server is not null)
        {
            await _server.KillAsync();
        }
    }

    /// <summary>Stops the server in good order and starts it again on the same port.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        await StopAsync();
        await StartAsync(cancellationToken);
    }

    /// <summary>Kills without waiting: for the last moment of our own process.</summary>
    public void KillNow() => _server?.KillNow();

    /// <summary>Stops the server; the data stays.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private async Task<string?> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection($"{ConnectionString()};Pooling=false;Timeout=2");
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand("SELECT 1", connection);
            await command.ExecuteScalarAsync(cancellationToken);
            return null;
        }
        catch (NpgsqlException failure)
        {
            return failure.Message;
        }
        catch (TimeoutException failure)
        {
            return failure.Message;
        }
    }
}
