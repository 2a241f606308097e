using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.NumberService.Monitors;

/// <summary>When the monitors run and when they buy. Section <c>Monitors</c>.</summary>
internal sealed class MonitorOptions
{
    public const string Section = "Monitors";

    /// <summary>Time between two runs of one monitor by its schedule. Default: 48 hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "90.00:00:00")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromHours(48);

    /// <summary>How often runs are looked for that fell due. Default: one minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>What decides on buying a pool number. Default: the rate.</summary>
    [EnumDataType(typeof(PurchaseRule))]
    public PurchaseRule BuyBy { get; init; } = PurchaseRule.Rate;

    /// <summary>Active sessions / Ready pool numbers from which one is bought, this rate included. Default: 0.87.</summary>
    [Range(0.01, 100.0)]
    public double Threshold { get; init; } = 0.87;

    /// <summary>Pool numbers wanted beyond the largest number of open sessions of one sitter. Default: 2.</summary>
    [Range(0, 1000)]
    public int Headroom { get; init; } = 2;

    /// <summary>How long after a purchase of a pool number no other one is bought. Default: 72 hours.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "90.00:00:00")]
    public TimeSpan CoolDown { get; init; } = TimeSpan.FromHours(72);
}

/// <summary>The two measures of the pool.</summary>
internal enum PurchaseRule
{
    /// <summary>Active sessions / Ready pool numbers.</summary>
    Rate = 0,

    /// <summary>The largest number of open sessions of one sitter, plus headroom.</summary>
    Need = 1,
}

/// <summary>Checks <see cref="MonitorOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class MonitorOptionsValidator : IValidateOptions<MonitorOptions>;
