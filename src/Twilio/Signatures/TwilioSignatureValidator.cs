using System.Security.Cryptography;
using System.Text;

namespace PhoneMasking.Twilio.Signatures;

/// <summary>
/// Tells whether a webhook was signed with an account's auth token. A missing, short or garbled signature is simply
/// not valid; nothing here throws because of what a stranger sent.
/// </summary>
/// <remarks>
/// Both forms of the URL are tried, with and without port, because Twilio's products differ in which one they sign.
/// Comparison takes the same time wherever the difference is. Source: reference/twilio.md 2.6.
/// </remarks>
public static class TwilioSignatureValidator
{
    private const int LongestTokenOnStack = 256;

    /// <summary>Checks a form post.</summary>
    /// <param name="authToken">The primary auth token of the account that the webhook names.</param>
    /// <param name="url">The whole external URL as Twilio was told it, query included.</param>
    /// <param name="parameters">Every parameter of the form, decoded, unknown ones included.</param>
    /// <param name="signature">The header's value, if there was one.</param>
    public static bool IsValidForm(
        string authToken,
        string url,
        IEnumerable<KeyValuePair<string, string>> parameters,
        string? signature)
    {
        ArgumentNullException.ThrowIfNull(parameters);

        if (signature is not { Length: SignedContent.SignatureLength })
        {
            return false;
        }

        using var sorted = new SortedParameters(parameters);
        return IsSigned(authToken, url, sorted.Items, signature);
    }

    /// <summary>Checks a request that is signed by its URL alone: a GET.</summary>
    /// <param name="authToken">The primary auth token of the account that the webhook names.</param>
    /// <param name="url">The whole external URL, query included.</param>
    /// <param name="signature">The header's value, if there was one.</param>
    public static bool IsValidQuery(string authToken, string url, string? signature) =>
        IsSigned(authToken, url, [], signature);

    /// <summary>
    /// Checks a JSON post: the URL is signed, and its query parameter <c>bodySHA256</c> is the hash of the body.
    /// Without that parameter nothing vouches for the body, so the request is not valid.
    /// </summary>
    /// <param name="authToken">The primary auth token of the account that the webhook names.</param>
    /// <param name="url">The whole external URL, query included.</param>
    /// <param name="body">The body's bytes as they arrived.</param>
    /// <param name="signature">The header's value, if there was one.</param>
    public static bool IsValidJson(string authToken, string url, ReadOnlySpan<byte> body, string? signature) =>
        IsSigned(authToken, url, [], signature) && IsHashOf(body, new SignedUrl(url).BodyHash);

    private static bool IsSigned(
        string authToken,
        string url,
        ReadOnlySpan<KeyValuePair<string, string>> sorted,
        string? signature)
    {
        ArgumentException.ThrowIfNullOrEmpty(authToken);
        ArgumentNullException.ThrowIfNull(url);

        Span<byte> given = stackalloc byte[SignedContent.SignatureLength];
        if (!Encoding.UTF8.TryGetBytes(signature, given, out var written) || written != given.Length)
        {
            return false;
        }

        Span<byte> keyBuffer = stackalloc byte[LongestTokenOnStack];
        var key = Encoding.UTF8.TryGetBytes(authToken, keyBuffer, out var keyLength)
            ? keyBuffer[..keyLength]
            : Encoding.UTF8.GetBytes(authToken);

        var signedUrl = new SignedUrl(url);
        using var content = new SignedContent(signedUrl, sorted);
        Span<byte> expected = stackalloc byte[SignedContent.SignatureLength];
        content.Sign(key, signedUrl.Port, expected);
        if (CryptographicOperations.FixedTimeEquals(expected, given))
        {
            return true;
        }

        content.Sign(key, signedUrl.OtherPort, expected);
        return CryptographicOperations.FixedTimeEquals(expected, given);
    }

    private static bool IsHashOf(ReadOnlySpan<byte> body, ReadOnlySpan<char> hexHash)
    {
        Span<byte> given = stackalloc byte[SHA256.HashSizeInBytes];
        if (hexHash.Length != 2 * SHA256.HashSizeInBytes
            || Convert.FromHexString(hexHash, given, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        Span<byte> actual = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, actual);
        return CryptographicOperations.FixedTimeEquals(actual, given);
    }
}
