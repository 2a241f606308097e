using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;

namespace PhoneMasking.NumberService.Verification;

/// <summary>Whether numbers are tried before they are used.</summary>
internal enum VerificationMode
{
    /// <summary>A test text from each number must arrive.</summary>
    On = 0,

    /// <summary>A number is Ready as soon as it is attached.</summary>
    Off = 1,
}

/// <summary>When a test text has shown enough.</summary>
internal enum VerifiedWhen
{
    /// <summary>The carrier says that it arrived.</summary>
    Delivered = 0,

    /// <summary>Twilio has handed it to the carrier; for phones whose carrier never reports arrival.</summary>
    Sent = 1,
}

/// <summary>How numbers are verified. Section <c>Numbers</c>.</summary>
internal sealed class VerificationOptions
{
    public const string Section = "Numbers";

    /// <summary>Whether numbers are verified at all. Default: On.</summary>
    public VerificationMode Verification { get; init; } = VerificationMode.On;

    /// <summary>
    /// The phone that gets the test texts, in E.164 form; the owner's, for example. Required when
    /// <see cref="Verification"/> is On, but for Development: without it numbers are Ready there once they are attached.
    /// </summary>
    public string? VerificationPhone { get; init; }

    /// <summary>When a number is verified. Default: Delivered.</summary>
    public VerifiedWhen VerifiedWhen { get; init; } = VerifiedWhen.Delivered;

    /// <summary>How long a test text may take. Default: 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan VerificationDeadline { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often it is looked whether a test text has arrived. Default: 2 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan VerificationPollInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Test texts that fail or are late before the number is Failed. Default: 3.</summary>
    [Range(1, 100)]
    public int VerificationTries { get; init; } = 3;

    /// <summary>The phone for test texts; none when numbers are not verified.</summary>
    public E164Number? ReadPhone() =>
        Verification == VerificationMode.On && E164Number.TryParse(VerificationPhone, out var phone) ? phone : null;
}

/// <summary>Checks <see cref="VerificationOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class VerificationOptionsValidator : IValidateOptions<VerificationOptions>;

/// <summary>Checks at start that there is a phone to send test texts to.</summary>
internal sealed class VerificationPhoneValidator(IHostEnvironment environment) : IValidateOptions<VerificationOptions>
{
    public ValidateOptionsResult Validate(string? name, VerificationOptions options) => options switch
    {
        { Verification: VerificationMode.Off } => ValidateOptionsResult.Success,
        { VerificationPhone: null or "" } => environment.IsDevelopment()
            ? ValidateOptionsResult.Success
            : Fail("is missing: name the phone that gets a test text from each new number, or set Numbers:Verification to Off."),
        _ => E164Number.TryParse(options.VerificationPhone, out _)
            ? ValidateOptionsResult.Success
            : Fail("must be a telephone number in E.164 form."),
    };

    private static ValidateOptionsResult Fail(string what) => ValidateOptionsResult.Fail($"Numbers:VerificationPhone {what}");
}
