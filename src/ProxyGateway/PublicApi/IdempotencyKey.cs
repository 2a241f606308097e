using System.Security.Cryptography;
using System.Text;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.PublicApi;

/// <summary>The header by which a caller may send a creation again without creating twice.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    public const int MaxLength = 200;

    /// <summary>The request's id: the same for the same key of the same organisation, else a new one.</summary>
    public static Guid RequestIdOf(string? key, OrganisationId organisation, TimeProvider clock)
    {
        if (string.IsNullOrEmpty(key))
        {
            return Guid.CreateVersion7(clock.GetUtcNow());
        }

        var hash = SHA256.HashData([.. organisation.Value.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(key)]);

        // RFC 9562, 5.8: version 8 is for ids of one's own making.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
