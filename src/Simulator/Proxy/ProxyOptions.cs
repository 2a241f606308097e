using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.Simulator.Proxy;

/// <summary>Whether the account has Proxy, and its limits. Section <c>Simulator:Proxy</c>.</summary>
internal sealed class ProxyOptions
{
    public const string Section = "Simulator:Proxy";

    /// <summary>
    /// Whether Proxy Services can be created; if not, 80506. Default: no, as for new accounts (reference/twilio.md
    /// 1.1).
    /// </summary>
    public bool IsAvailable { get; init; }

    /// <summary>How many reserved numbers a service takes; one more is refused with 80622. Default: 5,000.</summary>
    [Range(0, 100_000)]
    public int MostReserved { get; init; } = 5000;

    /// <summary>How many other numbers a service takes; one more is refused with 80622. Default: 500.</summary>
    [Range(0, 100_000)]
    public int MostUnreserved { get; init; } = 500;
}

[OptionsValidator]
internal sealed partial class ProxyOptionsValidator : IValidateOptions<ProxyOptions>;
