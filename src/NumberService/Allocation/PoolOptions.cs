using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.NumberService.Allocation;

/// <summary>When the pool is healthy. Section <c>Pool</c>.</summary>
internal sealed class PoolOptions
{
    public const string Section = "Pool";

    /// <summary>Below this many available pool numbers the pool is not healthy. Default: 3.</summary>
    [Range(0, 10_000)]
    public int WarningThreshold { get; init; } = 3;
}

/// <summary>Checks <see cref="PoolOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class PoolOptionsValidator : IValidateOptions<PoolOptions>;
