using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PhoneMasking.Twilio.Tests.Loopback;

/// <summary>
/// A server on a bare socket that misbehaves on demand: it can do what no web server lets a handler do. Replies are
/// taken in order; the last one is repeated.
/// </summary>
internal sealed class LoopbackTwilio : IAsyncDisposable
{
    public const string AccountSid = "AC00000000000000000000000000000001";
    public const string AuthToken = "token-of-the-loopback";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<Reply> _replies;
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly bool _resetsUnread;
    private readonly Task _accepting;

    private LoopbackTwilio(bool resetsUnread, params Reply[] replies)
    {
        _resetsUnread = resetsUnread;
        _replies = new ConcurrentQueue<Reply>(replies);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public ConcurrentQueue<ReceivedRequest> Requests { get; } = new();

    public Uri BaseUri => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public TwilioAccount Account => new(AccountSid, AuthToken, BaseUri);

    /// <summary>Adds replies that need to know the address.</summary>
    public void ThenReply(params Reply[] replies)
    {
        foreach (var reply in replies)
        {
            _replies.Enqueue(reply);
        }
    }

    public static LoopbackTwilio Replying(params Reply[] replies) => new(false, replies);

    /// <summary>Waits for the request's first bytes and resets the connection without reading them.</summary>
    public static LoopbackTwilio ResettingUnread() => new(true);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _connections.Add(ServeAsync(await _listener.AcceptSocketAsync(_stopping.Token)));
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over; which of them it is depends on where the listener is met by that.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var connection = socket;
        try
        {
            // Closing with a linger time of zero resets the connection.
            socket.LingerState = new LingerOption(true, 0);
            using var stream = new NetworkStream(socket);
            if (_resetsUnread)
            {
                await socket.ReceiveAsync(Memory<byte>.Empty, _stopping.Token);
                return;
            }

            while (await ReadAsync(stream) is { } request)
            {
                Requests.Enqueue(request);
                if (!await AnswerAsync(stream))
                {
                    return;
                }
            }
        }
        catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException)
        {
            // The client went away, or the test is over.
        }
    }

    private async Task<bool> AnswerAsync(NetworkStream stream)
    {
        var reply = _replies.Count > 1 && _replies.TryDequeue(out var next) ? next : _replies.First();
        switch (reply)
        {
            case Reply.Bytes(var text):
                await stream.WriteAsync(Encoding.UTF8.GetBytes(text), _stopping.Token);
                return true;
            case Reply.BytesThenReset(var text):
                await stream.WriteAsync(Encoding.UTF8.GetBytes(text), _stopping.Token);
                return false;
            case Reply.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, _stopping.Token);
                return false;
            default:
                return false;
        }
    }

    private async Task<ReceivedRequest?> ReadAsync(NetworkStream stream)
    {
        var received = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            var text = Encoding.Latin1.GetString(received.GetBuffer(), 0, (int)received.Length);
            var headEnd = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (headEnd >= 0 && Parse(text[..headEnd], text[(headEnd + 4)..]) is { } request)
            {
                return request;
            }

            var count = await stream.ReadAsync(buffer, _stopping.Token);
            if (count == 0)
            {
                return null;
            }

            received.Write(buffer, 0, count);
        }
    }

    private static ReceivedRequest? Parse(string head, string rest)
    {
        var lines = head.Split("\r\n");
        var start = lines[0].Split(' ');
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(
            pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var length = headers.TryGetValue("Content-Length", out var value) ? int.Parse(value, null) : 0;
        return rest.Length < length ? null : new ReceivedRequest(start[0], start[1], headers, rest[..length]);
    }
}
