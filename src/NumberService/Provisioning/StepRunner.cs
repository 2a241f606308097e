using System.Diagnostics;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Attaching;
using PhoneMasking.NumberService.Buying;
using PhoneMasking.NumberService.Verification;
using PhoneMasking.Twilio;

namespace PhoneMasking.NumberService.Provisioning;

/// <summary>Does what is next for a number, by its stage.</summary>
internal sealed class StepRunner(
    PurchaseStep purchase,
    AttachStep attach,
    VerifyStep verify,
    ReleaseStep release,
    TwilioFaults faults)
{
    public async Task<StepOutcome> RunAsync(Step step, CancellationToken cancellationToken)
    {
        try
        {
            return await NextAsync(step, cancellationToken);
        }
        catch (TwilioApiException failure)
        {
            return faults.Judge(failure, StepNames.Of(step.Number.Stage));
        }
    }

    private Task<StepOutcome> NextAsync(Step step, CancellationToken cancellationToken) => step.Number.Stage switch
    {
        NumberStage.Intended => purchase.RunAsync(step, cancellationToken),
        NumberStage.Bought => attach.RunAsync(step, cancellationToken),
        NumberStage.Attached => verify.RunAsync(step, cancellationToken),
        NumberStage.Retired => release.RunAsync(step, cancellationToken),
        NumberStage.Resting => Task.FromResult<StepOutcome>(new StepOutcome.Done((number, _) =>
        {
            number.Stage = NumberStage.Ready;
            number.RestsUntil = null;
            number.NextStepAt = null;
        })),

        // Nothing is due then; a time that was left behind is taken away.
        NumberStage.Ready or NumberStage.Failed => Task.FromResult<StepOutcome>(
            new StepOutcome.Done((number, _) => number.NextStepAt = null)),
        _ => throw new UnreachableException(),
    };
}
