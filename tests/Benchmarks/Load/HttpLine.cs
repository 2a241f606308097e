using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PhoneMasking.Benchmarks.Load;

/// <summary>
/// One kept-alive HTTP/1.1 connection that sends prepared requests and reads only status and length of the answers: a load
/// that costs less than what it measures.
/// </summary>
internal sealed class HttpLine(IPEndPoint server) : IAsyncDisposable
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public async Task ConnectAsync(CancellationToken cancellationToken) => await _socket.ConnectAsync(server, cancellationToken);

    /// <summary>Sends a request and returns the answer's status once the whole answer is there.</summary>
    public async Task<int> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        await _socket.SendAsync(request, cancellationToken);
        var read = 0;
        while (true)
        {
            var count = await _socket.ReceiveAsync(_buffer.AsMemory(read), cancellationToken);
            if (count == 0)
            {
                throw new IOException("The server closed the connection.");
            }

            read += count;
            if (IsWhole(_buffer.AsSpan(0, read)))
            {
                return Utf8Parser.TryParse(_buffer.AsSpan(9, 3), out int status, out _)
                    ? status
                    : throw new IOException("The server answered with something other than HTTP/1.1.");
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var head = answer[..end];
        if (head.IndexOf("Transfer-Encoding: chunked"u8) >= 0)
        {
            return answer.EndsWith("0\r\n\r\n"u8);
        }

        var field = "Content-Length: "u8;
        var at = head.IndexOf(field);
        var length = 0;
        return at < 0
            || (Utf8Parser.TryParse(head[(at + field.Length)..], out length, out _) && answer.Length >= end + 4 + length);
    }

    /// <summary>Prepares a form post.</summary>
    public static byte[] Post(string path, string host, string form, string? signature)
    {
        var signed = signature is null ? string.Empty : $"X-Twilio-Signature: {signature}\r\n";
        return Encoding.UTF8.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded; charset=utf-8\r\n"
            + $"{signed}Content-Length: {Encoding.UTF8.GetByteCount(form)}\r\n\r\n{form}");
    }
}
