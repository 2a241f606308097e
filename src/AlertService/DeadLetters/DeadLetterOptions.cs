using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.AlertService.DeadLetters;

/// <summary>Messages that no consumer could process. Section <c>DeadLetters</c>.</summary>
internal sealed class DeadLetterOptions
{
    public const string Section = "DeadLetters";

    /// <summary>The owner gets an e-mail when so many are open. Default: 10.</summary>
    [Range(1, 1_000_000)]
    public int AlertThreshold { get; init; } = 10;

    /// <summary>Least time between two such e-mails. Default: 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan AlertInterval { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How often they are counted when nothing new comes. Default: 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often those that could not be kept are tried again, and at each start. Default: 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "1.00:00:00")]
    public TimeSpan ParkedInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long it is remembered that one was sent again or discarded, and by whom. Default: 90 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(90);
}

/// <summary>Checks <see cref="DeadLetterOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class DeadLetterOptionsValidator : IValidateOptions<DeadLetterOptions>;
