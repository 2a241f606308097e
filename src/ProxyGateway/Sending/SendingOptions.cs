using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using PhoneMasking.Twilio;

namespace PhoneMasking.ProxyGateway.Sending;

/// <summary>How texts are handed to Twilio. Section <c>Sending</c>.</summary>
internal sealed class SendingOptions
{
    public const string Section = "Sending";

    /// <summary>
    /// Texts under way to Twilio at the same time from one instance. Default: 512. At least texts per second × Twilio's
    /// answer time in seconds: 64 slots at 2 s are 32 texts a second.
    /// </summary>
    [Range(1, 4096)]
    public int Slots { get; init; } = 512;

    /// <summary>
    /// How long a text belongs to the instance that is handing it over; after that any instance takes it for one of unknown
    /// outcome and looks it up. Default: 20 seconds. Must be longer than <c>TwilioApi:RequestTimeout</c> and
    /// <see cref="SettleTime"/> together.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long after an attempt of unknown outcome Twilio's list is asked: what it accepted late must be listed by then.
    /// Default: 5 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The wait before the second attempt; doubles with each, plus or minus a quarter. Default: 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between two attempts. Default: 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A text that could not be handed over for this long is given up as failed. Default: 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "7.00:00:00")]
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>
    /// How long calls to Twilio pause when most of them fail; one call then tries whether it is back. Default: 5 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00")]
    public TimeSpan BreakDuration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often texts are looked for that fell due, or that another instance left behind. Default: 0.5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(500);
}

/// <summary>Checks <see cref="SendingOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class SendingOptionsValidator : IValidateOptions<SendingOptions>;

/// <summary>Checks at start that a text cannot be taken from an instance whose call is still under way or not listed yet.</summary>
internal sealed class LeaseValidator(IOptions<TwilioApiOptions> twilio) : IValidateOptions<SendingOptions>
{
    public ValidateOptionsResult Validate(string? name, SendingOptions options) =>
        options.Lease > twilio.Value.RequestTimeout + options.SettleTime
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Sending:Lease must be longer than TwilioApi:RequestTimeout ({twilio.Value.RequestTimeout}) "
                + $"and Sending:SettleTime ({options.SettleTime}) together.");
}
