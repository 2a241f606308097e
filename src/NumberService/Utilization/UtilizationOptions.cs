using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.NumberService.Utilization;

/// <summary>How utilization is recorded over time. Section <c>Utilization</c>.</summary>
internal sealed class UtilizationOptions
{
    public const string Section = "Utilization";

    /// <summary>How often it is looked whether the figures have changed; a change is recorded. Default: one minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan SampleInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest time between two records while nothing changes. Default: one hour.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan RecordInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The age from which one record an hour is kept. Default: 7 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "400.00:00:00")]
    public TimeSpan ThinAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The age from which records are deleted. Default: 400 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(400);
}

/// <summary>Checks <see cref="UtilizationOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class UtilizationOptionsValidator : IValidateOptions<UtilizationOptions>;
