using System.Security.Cryptography;
using System.Text;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Idempotency;

/// <summary>The header by which a caller may send a POST again without its effect coming twice.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    public const int MaxLength = 200;

    /// <summary>Whether a key is 1 to <see cref="MaxLength"/> visible ASCII characters.</summary>
    public static bool IsValid(string key) => key.Length is > 0 and <= MaxLength && key.All(letter => letter is > ' ' and <= '~');

    /// <summary>What the key is stored as: it may be somebody's order number.</summary>
    public static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>The id of a request with this key: the same for the same organisation, endpoint and key.</summary>
    public static Guid RequestIdOf(string key, OrganisationId organisation, string endpoint)
    {
        var hash = SHA256.HashData(
            [.. organisation.Value.ToByteArray(bigEndian: true), .. HashOf(key), .. Encoding.UTF8.GetBytes(endpoint)]);

        // RFC 9562, 5.8: version 8 is for ids of one's own making.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }

    /// <summary>What a key holds for: the method and the path; no number ever stands in a path.</summary>
    public static string EndpointOf(HttpRequest request) => $"{request.Method} {request.Path.Value?.TrimEnd('/')}";
}
