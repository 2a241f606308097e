using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.ProxyGateway.Idempotency;

/// <summary>How POSTs with an Idempotency-Key are remembered. Section <c>Idempotency</c>.</summary>
internal sealed class IdempotencyOptions
{
    public const string Section = "Idempotency";

    /// <summary>How long an answer is kept; after that the key is new. Default: 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "30.00:00:00")]
    public TimeSpan Retention { get; init; } = TimeSpan.FromHours(24);

    /// <summary>
    /// How long a request may take; after that it counts as lost, for example with a process that was killed, and the key may
    /// be used again. Default: one minute.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:10:00")]
    public TimeSpan InFlight { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often answers that are older are deleted. Default: one hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan CleanUpInterval { get; init; } = TimeSpan.FromHours(1);
}

/// <summary>Checks <see cref="IdempotencyOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class IdempotencyOptionsValidator : IValidateOptions<IdempotencyOptions>;
