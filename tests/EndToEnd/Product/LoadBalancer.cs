using System.Net;
using System.Net.Sockets;

namespace PhoneMasking.EndToEnd.Product;

/// <summary>
/// Spreads TCP connections over the gateway's instances, one after the other, leaving out those that do not answer: what
/// stands before the gateway in a deployment. It knows nothing of HTTP.
/// </summary>
internal sealed class LoadBalancer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private IReadOnlyList<Uri> _instances = [];
    private int _next = -1;

    public LoadBalancer()
    {
        _listener.Start(512);
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    /// <summary>Where the product is reached from outside.</summary>
    public Uri Address { get; }

    /// <summary>Says who serves.</summary>
    public void Serve(IReadOnlyList<Uri> instances) => _instances = instances;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var caller = await _listener.AcceptTcpClientAsync(_stop.Token);
            _ = ServeAsync(caller);
        }
    }

    private async Task ServeAsync(TcpClient caller)
    {
        using (caller)
        {
            using var instance = await ConnectAsync();
            if (instance is null)
            {
                caller.Client.LingerState = new LingerOption(enable: true, seconds: 0);
                return;
            }

            caller.NoDelay = instance.NoDelay = true;
            try
            {
                await Task.WhenAny(
                    caller.GetStream().CopyToAsync(instance.GetStream(), _stop.Token),
                    instance.GetStream().CopyToAsync(caller.GetStream(), _stop.Token));
            }
            catch (IOException)
            {
                // One side is gone, which the other learns by the end of its connection.
            }
        }
    }

    private async Task<TcpClient?> ConnectAsync()
    {
        for (var attempt = 0; attempt < _instances.Count; attempt++)
        {
            var instance = _instances[(int)((uint)Interlocked.Increment(ref _next) % _instances.Count)];
            var connection = new TcpClient();
            try
            {
                await connection.ConnectAsync(instance.Host, instance.Port, _stop.Token);
                return connection;
            }
            catch (SocketException)
            {
                connection.Dispose();
            }
        }

        return null;
    }
}
