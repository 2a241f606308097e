using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using PhoneMasking.Twilio;

namespace PhoneMasking.NumberService.Provisioning;

/// <summary>How numbers are taken from the order to Ready. Section <c>Numbers</c>.</summary>
internal sealed class ProvisioningOptions
{
    public const string Section = "Numbers";

    /// <summary>Numbers worked on at the same time by one instance. Default: 4.</summary>
    [Range(1, 64)]
    public int Concurrency { get; init; } = 4;

    /// <summary>
    /// How long a number belongs to the instance that works on it; after that any instance goes on with it. Default: 2
    /// minutes. Must be at least three times <c>TwilioApi:RequestTimeout</c>.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often numbers are looked for whose next step fell due. Default: 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The wait before the second try of a step; doubles with each, plus or minus a quarter. Default: 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait between two tries. Default: 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Tries of one step that Twilio does not answer before the number is Failed. Default: 30, about four hours. A purchase of
    /// unknown outcome is never given up.
    /// </summary>
    [Range(1, 1000)]
    public int MaxTries { get; init; } = 30;

    /// <summary>Tries of one step that are refused for a reason unknown here before the number is Failed. Default: 3.</summary>
    [Range(1, 100)]
    public int MaxRefusals { get; init; } = 3;

    /// <summary>
    /// How long after a purchase of unknown outcome the account's numbers are listed. Default: 30 seconds; what Twilio
    /// accepted late must be listed by then.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often it is tried again what only the owner or Twilio's support can settle. Default: 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan OwnerRetryDelay { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How often it is looked whether the A2P campaign, or a number in it, is registered by now. Default: 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan RegistrationRetryDelay { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Whether a number in +1 that is in a Messaging Service waits until that service's A2P campaign is approved. Default:
    /// true. False where the campaign is not to be seen with this account.
    /// </summary>
    public bool AwaitCampaign { get; init; } = true;

    /// <summary>The least time between two alerts of the same cause. Default: 1 day.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "90.00:00:00")]
    public TimeSpan AlertInterval { get; init; } = TimeSpan.FromDays(1);
}

/// <summary>Checks <see cref="ProvisioningOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class ProvisioningOptionsValidator : IValidateOptions<ProvisioningOptions>;

/// <summary>Checks at start that a number cannot be taken from an instance whose purchase is still under way.</summary>
internal sealed class LeaseValidator(IOptions<TwilioApiOptions> twilio) : IValidateOptions<ProvisioningOptions>
{
    /// <summary>A lease is renewed before a purchase; the purchase and its record must fit in with room to spare.</summary>
    private const int CallsInLease = 3;

    public ValidateOptionsResult Validate(string? name, ProvisioningOptions options) =>
        options.Lease >= CallsInLease * twilio.Value.RequestTimeout
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Numbers:Lease must be at least three times TwilioApi:RequestTimeout ({twilio.Value.RequestTimeout}).");
}
