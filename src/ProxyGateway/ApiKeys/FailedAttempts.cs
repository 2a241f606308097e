using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace PhoneMasking.ProxyGateway.ApiKeys;

/// <summary>
/// Counts wrong keys by the address they come from. A right key passes whatever its address has sent before: who shares an
/// address with somebody who guesses is not locked out, and 250 random bits need no lock.
/// </summary>
internal sealed class FailedAttempts(IOptions<ApiKeyOptions> options) : IDisposable
{
    private const int NetworkBytes = 8;

    private readonly PartitionedRateLimiter<IPAddress> _limiter = PartitionedRateLimiter.Create<IPAddress, IPAddress>(
        address => RateLimitPartition.GetFixedWindowLimiter(NetworkOf(address), _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = options.Value.FailuresPerMinute,
            Window = TimeSpan.FromMinutes(1),
        }));

    /// <summary>Counts one.</summary>
    /// <returns>How long to wait when there were too many; else none.</returns>
    public TimeSpan? Count(IPAddress? address)
    {
        using var lease = _limiter.AttemptAcquire(address ?? IPAddress.None);
        return lease.IsAcquired ? null
            : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait
            : TimeSpan.FromMinutes(1);
    }

    public void Dispose() => _limiter.Dispose();

    // One customer of a provider has a whole /64: by single addresses there would be nothing to count.
    private static IPAddress NetworkOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes);
    }
}
