using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.Simulator.Rest;

/// <summary>How fast REST calls are answered, and how many at a time. Section <c>Simulator:Rest</c>.</summary>
internal sealed class PaceOptions
{
    public const string Section = "Simulator:Rest";

    /// <summary>How long each call takes at least. Default: no time.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Latency { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// How many calls may be under way at a time before the next is answered 429 with code 20429; 0 is without limit.
    /// Default: 0.
    /// </summary>
    [Range(0, 100_000)]
    public int MostConcurrent { get; init; }

    /// <summary>The Retry-After header of such a 429, in whole seconds. Default: 1.</summary>
    [Range(0, 3600)]
    public int RetryAfterSeconds { get; init; } = 1;
}

[OptionsValidator]
internal sealed partial class PaceOptionsValidator : IValidateOptions<PaceOptions>;
