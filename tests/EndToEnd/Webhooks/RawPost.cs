using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace PhoneMasking.EndToEnd.Webhooks;

/// <summary>
/// A post whose body is never sent to its end, or not at all: who gets an answer got it at once, not after reading.
/// </summary>
internal static class RawPost
{
    /// <summary>Announces a body and sends a part of it, then reads the status; after that sends more, until it is cut off.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="head">The request line's path, and more headers.</param>
    /// <param name="length">The length to announce; null announces chunks.</param>
    /// <param name="sent">Bytes to send before the answer.</param>
    /// <param name="afterwards">Bytes to send after the answer, as long as they are taken.</param>
    public static async Task<int> SendAsync(
        Uri address, (string Path, string Headers) head, int? length, int sent, int afterwards = 0)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, cancellationToken);
        var stream = client.GetStream();
        var framing = length is { } bytes
            ? string.Create(CultureInfo.InvariantCulture, $"Content-Length: {bytes}")
            : "Transfer-Encoding: chunked";
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"POST {head.Path} HTTP/1.1\r\nHost: {address.Authority}\r\n{framing}\r\n{head.Headers}\r\n"),
            cancellationToken);
        try
        {
            await WriteAsync(stream, sent, length is null, cancellationToken);
        }
        catch (IOException)
        {
            // Refused while it was being sent: the answer may be there all the same.
        }

        var status = await ReadStatusAsync(stream, cancellationToken);
        try
        {
            await WriteAsync(stream, afterwards, length is null, cancellationToken);
        }
        catch (IOException)
        {
            // As it should be.
        }

        return status;
    }

    private static async Task WriteAsync(NetworkStream stream, int bytes, bool chunked, CancellationToken cancellationToken)
    {
        // Nothing yet that is wrong in JSON or in a form.
        var block = Encoding.ASCII.GetBytes(new string(' ', 16 * 1024));
        for (var left = bytes; left > 0; left -= block.Length)
        {
            var part = block.AsMemory(0, Math.Min(left, block.Length));
            if (chunked)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"{part.Length:x}\r\n"), cancellationToken);
                await stream.WriteAsync(part, cancellationToken);
                await stream.WriteAsync("\r\n"u8.ToArray(), cancellationToken);
            }
            else
            {
                await stream.WriteAsync(part, cancellationToken);
            }
        }
    }

    // 0 when it was cut off before the answer could be read.
    private static async Task<int> ReadStatusAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[512];
        var read = 0;
        try
        {
            while (read < buffer.Length)
            {
                var more = await stream.ReadAsync(buffer.AsMemory(read), cancellationToken);
                read += more;
                if (more == 0 || buffer.AsSpan(0, read).IndexOf("\r\n"u8) > 0)
                {
                    break;
                }
            }
        }
        catch (IOException)
        {
            return 0;
        }

        var words = Encoding.ASCII.GetString(buffer, 0, read).Split(' ');
        return words.Length > 1 && int.TryParse(words[1], CultureInfo.InvariantCulture, out var status) ? status : 0;
    }
}
