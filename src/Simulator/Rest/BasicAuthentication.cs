using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace PhoneMasking.Simulator.Rest;

/// <summary>Checks HTTP Basic credentials of the account: AccountSid and AuthToken.</summary>
internal sealed class BasicAuthentication(IOptions<AccountOptions> account)
{
    private readonly byte[] _expected = Encoding.UTF8.GetBytes(
        "Basic " + Convert.ToBase64String(
            Encoding.UTF8.GetBytes($"{account.Value.AccountSid}:{account.Value.AuthToken}")));

    /// <summary>
    /// Whether the request carries the account's credentials. Takes the same time for any wrong ones.
    /// </summary>
    public bool Accepts(HttpRequest request) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString()),
        _expected);
}
