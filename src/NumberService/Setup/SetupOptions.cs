using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.NumberService.Setup;

/// <summary>What a new installation is to have. Section <c>Setup</c>.</summary>
internal sealed class SetupOptions
{
    public const string Section = "Setup";

    /// <summary>Numbers for sitters, without those on standby. Default: 34.</summary>
    [Range(0, 10_000)]
    public int Reserved { get; init; } = 34;

    /// <summary>Numbers of the pool. Default: 20.</summary>
    [Range(0, 10_000)]
    public int Pool { get; init; } = 20;

    /// <summary>Numbers for the next new sitters. Default: 1.</summary>
    [Range(0, 1_000)]
    public int Standby { get; init; } = 1;

    /// <summary>
    /// What a local number costs a month, in the currency of the account, for the estimate that is shown. Default: 1.15.
    /// </summary>
    [Range(0, 1_000)]
    public decimal MonthlyPricePerNumber { get; init; } = 1.15m;

    /// <summary>
    /// The name of the Messaging Service at Twilio: one with this name is taken, and made only when there is none. Default:
    /// <c>PhoneMasking</c>.
    /// </summary>
    [Required]
    [MaxLength(64)]
    public string MessagingServiceName { get; init; } = "PhoneMasking";

    /// <summary>The unique name of the Proxy Service at Twilio. Default: <c>phonemasking</c>.</summary>
    [Required]
    [MaxLength(180)]
    public string ProxyServiceName { get; init; } = "phonemasking";

    /// <summary>The business in the texts for the campaign's form. Default: <c>Our company</c>.</summary>
    [Required]
    [MaxLength(60)]
    public string BusinessName { get; init; } = "Our company";

    /// <summary>
    /// From how many numbers on a campaign T-Mobile wants an approval of its own. Default: 49 may be there without
    /// (reference/twilio.md 2.8).
    /// </summary>
    [Range(1, 10_000)]
    public int NumbersPerCampaign { get; init; } = 49;

    /// <summary>How long the gateway may take to answer on the bus before it counts as away. Default: 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan GatewayPatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the progress is read. Default: 0.5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromSeconds(0.5);
}

/// <summary>Checks <see cref="SetupOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class SetupOptionsValidator : IValidateOptions<SetupOptions>;
