using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace PhoneMasking.Twilio.Signatures;

/// <summary>
/// The bytes that a signature is computed over: the URL, then each parameter's name and value without a delimiter.
/// Kept in a pooled buffer with room before the parameters, so that both port forms of the URL can be signed without
/// writing the parameters again.
/// </summary>
internal ref struct SignedContent
{
    /// <summary>The length of a signature: 20 bytes of SHA-1 as base64.</summary>
    public const int SignatureLength = 28;

    private const int LongestDefaultPort = 4;

    private readonly SignedUrl _url;
    private readonly byte[] _buffer;
    private readonly int _parametersStart;
    private int _end;

    public SignedContent(SignedUrl url, ReadOnlySpan<KeyValuePair<string, string>> sortedParameters)
    {
        _url = url;
        _parametersStart = url.ByteCount(url.Port) + LongestDefaultPort;
        var size = _parametersStart;
        foreach (var (name, value) in sortedParameters)
        {
            size += Encoding.UTF8.GetMaxByteCount(name.Length) + Encoding.UTF8.GetMaxByteCount(value?.Length ?? 0);
        }

        _buffer = ArrayPool<byte>.Shared.Rent(size);
        _end = _parametersStart;
        for (var i = 0; i < sortedParameters.Length; i++)
        {
            // A value repeated under one name counts once (Twilio's Python SDK; its C# SDK gets repeats wrong).
            if (i == 0 || !IsSame(sortedParameters[i], sortedParameters[i - 1]))
            {
                Append(sortedParameters[i].Key);
                Append(sortedParameters[i].Value);
            }
        }
    }

    public readonly void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    /// <summary>Writes the signature, in base64, of the content with the URL's port replaced.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "Twilio signs with HMAC-SHA1 and offers nothing else here.")]
    public readonly void Sign(ReadOnlySpan<byte> key, ReadOnlySpan<char> port, Span<byte> signature)
    {
        var start = _parametersStart - _url.ByteCount(port);
        _url.Write(_buffer.AsSpan(start), port);

        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(key, _buffer.AsSpan(start.._end), hash);
        Base64.EncodeToUtf8(hash, signature, out _, out _);
    }

    private static bool IsSame(KeyValuePair<string, string> one, KeyValuePair<string, string> other) =>
        one.Key == other.Key && one.Value == other.Value;

    private void Append(string? text) => _end += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_end));
}
