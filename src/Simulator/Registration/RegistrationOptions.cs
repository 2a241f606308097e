using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.Simulator.Registration;

/// <summary>The A2P registration at start. Section <c>Simulator:Registration</c>.</summary>
internal sealed class RegistrationOptions
{
    public const string Section = "Simulator:Registration";

    /// <summary>The brand's status. Default: <c>APPROVED</c>.</summary>
    [RegularExpression("^(PENDING|APPROVED|FAILED|IN_REVIEW|SUSPENDED|DELETION_PENDING|DELETION_FAILED)$")]
    public string BrandStatus { get; init; } = "APPROVED";

    /// <summary>
    /// The status of each Messaging Service's campaign; <c>NONE</c> for no campaigns. Default: <c>VERIFIED</c>.
    /// </summary>
    [RegularExpression("^[A-Z_]+$")]
    public string CampaignStatus { get; init; } = "VERIFIED";

    /// <summary>What the campaign is for. Default: <c>PROXY</c>.</summary>
    [Required]
    public string Usecase { get; init; } = "PROXY";

    /// <summary>
    /// How long a number stays pending after it was put into a Messaging Service. Default: no time.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan NumberDelay { get; init; } = TimeSpan.Zero;

    /// <summary>Whether numbers in no Messaging Service fail, too (30034), as they do in the US. Default: no.</summary>
    public bool IsRequired { get; init; }
}

[OptionsValidator]
internal sealed partial class RegistrationOptionsValidator : IValidateOptions<RegistrationOptions>;
