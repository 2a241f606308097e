using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace PhoneMasking.AppHost.Local;

/// <summary>
/// The installed RabbitMQ as a child process of our own: on loopback, on free ports, with its data, cookie and name
/// server (epmd) apart from the system's. The account is <c>guest</c>/<c>guest</c>, valid on loopback only.
/// </summary>
/// <param name="folder">Where the data is or will be; it is kept, durable queues included.</param>
/// <param name="port">The AMQP port; 0 chooses a free one, which then stays the same over restarts.</param>
public sealed class PrivateRabbitMq(string folder, int port = 0) : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(2);

    // AMQP 0-9-1, 4.2.2: what a client sends first. A server that is ready answers with a method frame (type 1).
    private static readonly byte[] ProtocolHeader = [(byte)'A', (byte)'M', (byte)'Q', (byte)'P', 0, 0, 9, 1];

    private ChildProcess? _epmd;
    private ChildProcess? _server;

    /// <summary>The AMQP port on 127.0.0.1.</summary>
    public int Port { get; } = port == 0 ? FreePort.Next() : port;

    /// <summary>The broker's process id while it runs, else 0.</summary>
    public int ProcessId => _server is { HasExited: false } ? _server.Id : 0;

    /// <summary>The folder with data, cookie and <c>node.env</c>; what <see cref="RabbitMqAdmin"/> needs.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>Completes when the running broker has ended for whatever reason.</summary>
    internal Task<int> Exited => _server?.Exited ?? Task.FromResult(0);

    /// <summary>The last lines that the broker wrote.</summary>
    internal string Tail => _server?.Tail ?? "";

    /// <summary>An AMQP URI without a trailing slash; its virtual host is the default one, unless one is named.</summary>
    public string ConnectionString(string? virtualHost = null) =>
        $"amqp://guest:guest@127.0.0.1:{Port}" + (virtualHost is null ? "" : $"/{Uri.EscapeDataString(virtualHost)}");

    /// <summary>Starts the broker; returns when it accepts AMQP connections.</summary>
    /// <exception cref="ServerNotStartedException">RabbitMQ is not installed, or did not start.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (ProcessId != 0)
        {
            return;
        }

        var node = await RabbitMqNode.OpenAsync(Folder, Port, cancellationToken);
        if (_epmd is { HasExited: false })
        {
            await _epmd.KillAsync();
        }

        _epmd = ChildProcess.Start(node.NameServerPlan());
        _server = ChildProcess.Start(node.ServerPlan());
        await node.RememberAsync(_server.Id, cancellationToken);
        await Readiness.WaitAsync("RabbitMQ", _server, AnswersAsync, StartPatience, cancellationToken);
    }

    /// <summary>Stops the broker in good order.</summary>
    public async Task StopAsync()
    {
        if (_server is not null)
        {
            await _server.EndAsync(PosixSignal.SIGTERM, StopPatience);
        }

        await EndNameServerAsync();
    }

    /// <summary>Kills the broker with SIGKILL, as a crash of the machine would.</summary>
    public async Task KillAsync()
    {
        if (_server is not null)
        {
            await _server.KillAsync();
        }

        await EndNameServerAsync();
    }

    /// <summary>Stops the broker in good order and starts it again on the same port.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        await StopAsync();
        await StartAsync(cancellationToken);
    }

    /// <summary>Kills without waiting: for the last moment of our own process.</summary>
    public void KillNow()
    {
        _server?.KillNow();
        _epmd?.KillNow();
    }

    /// <summary>Stops the broker; the data stays.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        if (_epmd is not null)
        {
            await _epmd.DisposeAsync();
        }
    }

    private Task EndNameServerAsync() => _epmd?.KillAsync() ?? Task.CompletedTask;

    private async Task<string?> AnswersAsync(CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(ProbePatience);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", Port, timeout.Token);
            var stream = client.GetStream();
            await stream.WriteAsync(ProtocolHeader, timeout.Token);
            var answer = new byte[1];
            return await stream.ReadAsync(answer, timeout.Token) == 1 && answer[0] == 1 ? null : "no AMQP server answered";
        }
        catch (SocketException failure)
        {
            return failure.Message;
        }
        catch (IOException failure)
        {
            return failure.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "no answer to the AMQP header";
        }
    }
}
