using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.Simulator.Webhooks;

/// <summary>
/// How webhooks are posted. Section <c>Simulator:Webhooks</c>. Time-outs and retries are in each URL.
/// </summary>
internal sealed class WebhookOptions
{
    public const string Section = "Simulator:Webhooks";

    /// <summary>The pause before an attempt is repeated. Default: 200 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:15")]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Connections to one host at the same time. Default: 128.</summary>
    [Range(1, 4096)]
    public int Connections { get; init; } = 128;
}

[OptionsValidator]
internal sealed partial class WebhookOptionsValidator : IValidateOptions<WebhookOptions>;
