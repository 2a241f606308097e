using System.Text;

namespace PhoneMasking.Twilio.Tests.Loopback;

/// <summary>What the loopback server does with a request that it has read.</summary>
internal abstract record Reply
{
    private Reply()
    {
    }

    public static Reply Json(int status, string json, params string[] headers) =>
        new Bytes(Head(status, json, headers) + json);

    private static string Head(int status, string body, string[] headers) =>
        $"HTTP/1.1 {status} x\r\nContent-Type: application/json\r\n"
        + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n"
        + string.Concat(headers.Select(header => header + "\r\n"))
        + "\r\n";

    /// <summary>Answers with these bytes and keeps the connection.</summary>
    internal sealed record Bytes(string Text) : Reply;

    /// <summary>Answers with these bytes, then resets the connection.</summary>
    internal sealed record BytesThenReset(string Text) : Reply;

    /// <summary>Resets the connection without an answer.</summary>
    internal sealed record Reset : Reply;

    /// <summary>Never answers.</summary>
    internal sealed record Hang : Reply;
}
