using System.Diagnostics;
using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Inventory;
using PhoneMasking.NumberService.Provisioning;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.NumberService.Verification;

/// <summary>
/// Has the gateway send a text from the number, and waits until it has arrived. The text's id is stored before it is sent,
/// so that a crash in between sends no second one.
/// </summary>
internal sealed class VerifyStep(
    GatewayTexts gateway,
    StepLedger ledger,
    StepClaims claims,
    ProvisioningMetrics metrics,
    IOptions<VerificationOptions> verification,
    IOptions<ProvisioningOptions> provisioning,
    TimeProvider clock)
{
    // Reference/twilio.md 2.4: not on an approved campaign, still being configured for it, not provisioned at the carrier.
    private static readonly int[] NotRegisteredYet = [30034, 30035, 30024];

    private VerificationOptions Options => verification.Value;

    public async Task<StepOutcome> RunAsync(Step step, CancellationToken cancellationToken)
    {
        if (Options.ReadPhone() is not { } phone)
        {
            return Ready(VerificationStatus.NotSent);
        }

        if (step.Number.VerificationMessageId is { } text)
        {
            return Judge(step.Number, await AskAsync(step.Number, text, phone, cancellationToken));
        }

        var id = MessageId.New(clock.GetUtcNow());
        var mine = await ledger.ChangeAsync(
            step,
            (_, number, _) =>
            {
                number.VerificationMessageId = id;
                number.VerificationStatus = VerificationStatus.NotSent;
                number.VerificationDeadline = null;
                return Task.CompletedTask;
            },
            cancellationToken);
        return mine && await claims.RenewAsync(step, cancellationToken)
            ? Judge(step.Number, await gateway.SendAsync(step.Number, id, phone, cancellationToken))
            : new StepOutcome.Lost();
    }

    // Asking where a text stands is cheaper than sending it; before a deadline is set it may never have reached the gateway.
    private Task<GatewayAnswer> AskAsync(
        OwnedNumber number,
        MessageId text,
        E164Number phone,
        CancellationToken cancellationToken) => number.VerificationDeadline is null
            ? gateway.SendAsync(number, text, phone, cancellationToken)
            : gateway.ReadAsync(number, text, cancellationToken);

    private StepOutcome Judge(OwnedNumber number, GatewayAnswer answer) => answer switch
    {
        GatewayAnswer.Away => new StepOutcome.Stumbles(Reasons.GatewayAway, null, null),
        GatewayAnswer.Refuses => new StepOutcome.Stumbles(Reasons.GatewayRefuses, null, provisioning.Value.MaxTries),
        GatewayAnswer.Stands(var state) => Judge(number, state),
        _ => throw new UnreachableException(),
    };

    private StepOutcome Judge(OwnedNumber number, VerificationTextState state) => state.Progress switch
    {
        VerificationTextProgress.Delivered => Ready(VerificationStatus.Verified),
        VerificationTextProgress.Sent when Options.VerifiedWhen == VerifiedWhen.Sent => Ready(VerificationStatus.Verified),
        VerificationTextProgress.Failed => Failed(state.ErrorCode),
        VerificationTextProgress.Waiting or VerificationTextProgress.Sent => Later(number, state.Progress),
        _ => throw new UnreachableException(),
    };

    private StepOutcome Later(OwnedNumber number, VerificationTextProgress progress)
    {
        var now = clock.GetStorableNow();
        var deadline = number.VerificationDeadline ?? now + Options.VerificationDeadline;
        if (now >= deadline)
        {
            return Again(Reasons.VerificationLate, null);
        }

        var left = deadline - now;
        return new StepOutcome.Waits(left < Options.VerificationPollInterval ? left : Options.VerificationPollInterval)
        {
            Change = waiting =>
            {
                waiting.VerificationDeadline = deadline;
                waiting.VerificationStatus =
                    progress == VerificationTextProgress.Sent ? VerificationStatus.Sent : VerificationStatus.NotSent;
            },
        };
    }

    private StepOutcome Failed(int? code)
    {
        metrics.CountRefused(StepNames.Verify, code);
        return code is { } known && NotRegisteredYet.Contains(known)
            ? new StepOutcome.Waits(provisioning.Value.RegistrationRetryDelay, Reasons.RegistrationPending, code)
            {
                Change = Forget,
            }
            : Again(Reasons.VerificationFailed, code);
    }

    private StepOutcome.Stumbles Again(string reason, int? code) =>
        new(reason, code, Options.VerificationTries) { Change = Forget };

    // The next try is another text.
    private static void Forget(OwnedNumber number)
    {
        number.VerificationMessageId = null;
        number.VerificationDeadline = null;
        number.VerificationStatus = VerificationStatus.Failed;
    }

    private static StepOutcome.Done Ready(VerificationStatus status) => new((number, _) =>
    {
        number.Stage = NumberStage.Ready;
        number.VerificationStatus = status;
        number.VerificationDeadline = null;
        number.NextStepAt = null;
    });
}
