using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace PhoneMasking.OpsConsole.SignIn;

/// <summary>The token of the link that signs in once (Development). A new one ends the one before.</summary>
internal sealed class OneTimeLink(IOptions<SignInOptions> options, TimeProvider clock)
{
    private const int TokenBytes = 32;

    private readonly Lock _gate = new();
    private byte[]? _token;
    private DateTimeOffset _expiresAt;

    /// <summary>Makes a new token.</summary>
    public string Renew()
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        lock (_gate)
        {
            _token = Encoding.UTF8.GetBytes(token);
            _expiresAt = clock.GetUtcNow() + options.Value.LinkLifetime;
        }

        return token;
    }

    /// <summary>Uses the token up; a second time it is refused.</summary>
    /// <param name="token">What stood in the link.</param>
    public bool TryRedeem(string token)
    {
        lock (_gate)
        {
            if (_token is null
                || clock.GetUtcNow() >= _expiresAt
                || !CryptographicOperations.FixedTimeEquals(_token, Encoding.UTF8.GetBytes(token)))
            {
                return false;
            }

            _token = null;
            return true;
        }
    }
}
