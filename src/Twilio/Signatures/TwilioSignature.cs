using System.Text;

namespace PhoneMasking.Twilio.Signatures;

/// <summary>
/// Computes what Twilio sends as <c>X-Twilio-Signature</c>: the base64 of an HMAC-SHA1, keyed with the account's
/// primary auth token, over the URL and the form's parameters.
/// </summary>
/// <remarks>
/// The URL is signed as given but for its fragment and user info, which Twilio leaves out; so give the form, with or
/// without port, that is meant. Source: reference/twilio.md 2.6.
/// </remarks>
public static class TwilioSignature
{
    /// <summary>The header that carries a signature.</summary>
    public const string HeaderName = "X-Twilio-Signature";

    /// <summary>Signs a form post.</summary>
    /// <param name="authToken">The primary auth token of the account that sends the webhook.</param>
    /// <param name="url">The whole external URL, query included.</param>
    /// <param name="parameters">The form's parameters in any order, decoded. Names may repeat.</param>
    public static string Compute(
        string authToken,
        string url,
        IEnumerable<KeyValuePair<string, string>> parameters)
    {
        ArgumentException.ThrowIfNullOrEmpty(authToken);
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(parameters);

        using var sorted = new SortedParameters(parameters);
        return Sign(authToken, url, sorted.Items);
    }

    /// <summary>Signs a GET, or a JSON post whose URL carries <c>bodySHA256</c>: the URL alone.</summary>
    /// <param name="authToken">The primary auth token of the account that sends the webhook.</param>
    /// <param name="url">The whole external URL, query included.</param>
    public static string ComputeForQuery(string authToken, string url)
    {
        ArgumentException.ThrowIfNullOrEmpty(authToken);
        ArgumentNullException.ThrowIfNull(url);

        return Sign(authToken, url, []);
    }

    private static string Sign(string authToken, string url, ReadOnlySpan<KeyValuePair<string, string>> sorted)
    {
        var signedUrl = new SignedUrl(url);
        using var content = new SignedContent(signedUrl, sorted);
        Span<byte> signature = stackalloc byte[SignedContent.SignatureLength];
        content.Sign(Encoding.UTF8.GetBytes(authToken), signedUrl.Port, signature);
        return Encoding.ASCII.GetString(signature);
    }
}
