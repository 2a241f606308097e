using Microsoft.Extensions.Options;
using PhoneMasking.Twilio;

namespace PhoneMasking.NumberService.Provisioning;

/// <summary>What a call to Twilio that did not succeed means for the step it belongs to.</summary>
internal sealed class TwilioFaults(IOptions<ProvisioningOptions> options, TwilioPause pause, ProvisioningMetrics metrics)
{
    private const int TooManyRequests = 429;
    private static readonly TimeSpan UsualRetryAfter = TimeSpan.FromSeconds(1);

    private ProvisioningOptions Options => options.Value;

    public StepOutcome Judge(TwilioApiException failure, string step) => failure switch
    {
        { HttpStatus: TooManyRequests } => RateLimited(failure.RetryAfter, step),
        { IsTransient: true } => Away(failure.Code),
        { Error: { } error } => Refused(error, step),
        _ => Away(failure.Code),
    };

    /// <summary>429: nothing was done, nothing is counted, and this instance asks nothing until Twilio wants it to.</summary>
    public StepOutcome RateLimited(TimeSpan? retryAfter, string step)
    {
        var wait = retryAfter ?? UsualRetryAfter;
        pause.For(wait);
        metrics.CountRateLimited(step);
        return new StepOutcome.Waits(wait);
    }

    public StepOutcome Away(int? code) => new StepOutcome.Stumbles(Reasons.TwilioAway, code, Options.MaxTries);

    /// <summary>A refusal: of the account, which waits for its owner, or of something else, which is tried a few times.</summary>
    public StepOutcome Refused(TwilioError error, string step, string reason = Reasons.TwilioRefuses)
    {
        metrics.CountRefused(step, error.Code);
        return AccountCause(error) is { } cause
            ? ForOwner(cause, error.Code)
            : new StepOutcome.Stumbles(reason, error.Code, Options.MaxRefusals);
    }

    public StepOutcome.Waits ForOwner(string cause, int? code) =>
        new(Options.OwnerRetryDelay, cause, code) { ForOwner = true };

    /// <summary>The cause when it is the account that is refused (reference/twilio.md section 4), else none.</summary>
    public static string? AccountCause(TwilioError error) => error switch
    {
        { Code: 20003 } or { HttpStatus: 401 } => Reasons.BadCredentials,
        { Code: 22300 } => Reasons.AccountRestricted,
        { Code: 21404 or 10002 } => Reasons.TrialAccount,
        _ => null,
    };
}
