using Microsoft.Extensions.Options;
using PhoneMasking.ServiceDefaults.Clock;

namespace PhoneMasking.ProxyGateway.Sending;

/// <summary>
/// Keeps texts that may be at Twilio from being taken over after the database's clock was set: leases from before are in
/// another time, and the calls that they stand for may still be under way (docs/adr/0018).
/// </summary>
internal sealed class ClockSteps(DatabaseClock clock, IOptions<SendingOptions> options)
{
    /// <summary>
    /// How long, from now on, leases say nothing; zero nearly always. Other instances may take texts in the former time until
    /// their next reading, or the one after when that fails; what they took then is theirs for a lease.
    /// </summary>
    public TimeSpan Hold
    {
        get
        {
            var hold = options.Value.Lease + (2 * DatabaseClock.ReadingInterval);
            var steady = clock.SteadyFor;
            return steady < hold ? hold - steady : TimeSpan.Zero;
        }
    }
}
