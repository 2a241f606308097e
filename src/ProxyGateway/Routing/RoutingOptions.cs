using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.ProxyGateway.Routing;

/// <summary>How texts are decided on. Section <c>Routing</c>.</summary>
internal sealed class RoutingOptions
{
    public const string Section = "Routing";

    /// <summary>
    /// How long a text waits for news of its number or sender when the gateway does not know whom it is for. Default: five
    /// minutes. Longer than news are usually late, as after an outage of the broker.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan NewsPatience { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>Checks <see cref="RoutingOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class RoutingOptionsValidator : IValidateOptions<RoutingOptions>;
