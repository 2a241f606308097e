using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.NumberService.Provisioning;
using PhoneMasking.NumberService.Verification;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.NumberService.Inventory;

/// <summary>Sends numbers on their way again, or gives them up, when somebody asks for it. The worker does the rest.</summary>
internal sealed class NumberDesk(
    NumberDbContext db,
    ProvisioningSignal signal,
    IOptions<VerificationOptions> verification,
    TimeProvider clock)
{
    /// <summary>Attaches again; what failed before it was bought is ordered again.</summary>
    public Task<NumberOutcome> AttachAsync(
        OrganisationId organisation,
        NumberId id,
        CancellationToken cancellationToken) => ChangeAsync(
            organisation,
            id,
            number => number.Stage switch
            {
                NumberStage.Retired => NumberRefusals.Retired(),
                NumberStage.Resting => NumberRefusals.Resting(),
                NumberStage.Intended => GoOn(number),
                NumberStage.Failed when number.Number is null => Begin(number, NumberStage.Intended),
                _ => Begin(number, NumberStage.Bought),
            },
            cancellationToken);

    /// <summary>Sends the test text again.</summary>
    public Task<NumberOutcome> VerifyAsync(
        OrganisationId organisation,
        NumberId id,
        CancellationToken cancellationToken) => ChangeAsync(
            organisation,
            id,
            number => number switch
            {
                _ when verification.Value.ReadPhone() is null => NumberRefusals.VerificationOff(),
                { Stage: NumberStage.Retired } => NumberRefusals.Retired(),
                { Stage: NumberStage.Resting } => NumberRefusals.Resting(),
                { Stage: NumberStage.Attached } => GoOn(number),
                { Stage: NumberStage.Ready } or { Stage: NumberStage.Failed, FailedStep: StepNames.Verify } =>
                    Begin(number, NumberStage.Attached),
                _ => NumberRefusals.NotAttached(),
            },
            cancellationToken);

    /// <summary>Gives a number back to Twilio, or drops an order.</summary>
    public async Task<NumberOutcome> RetireAsync(
        OrganisationId organisation,
        NumberId id,
        CancellationToken cancellationToken)
    {
        var isInSession = await db.Sessions.AnyAsync(session => session.NumberId == id && session.Open, cancellationToken);
        return await ChangeAsync(organisation, id, number => Retire(number, isInSession), cancellationToken);
    }

    private async Task<NumberOutcome> ChangeAsync(
        OrganisationId organisation,
        NumberId id,
        Func<OwnedNumber, Refused?> change,
        CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // The lock makes a step that is just being recorded, and a second request, wait; then they find what was decided here.
        var found = await db.Numbers
            .FromSql($"""
                SELECT * FROM numbers.numbers
                WHERE id = {id.Value} AND organisation_id = {organisation.Value} FOR UPDATE
                """)
            .ToListAsync(cancellationToken);
        if (found.SingleOrDefault() is not { } number)
        {
            return new NumberOutcome.No(NumberRefusals.UnknownNumber());
        }

        var version = number.Version;
        if (change(number) is { } refused)
        {
            return new NumberOutcome.No(refused);
        }

        var now = clock.GetStorableNow();
        if (number.Version != version && number.ToEvent(now) is { } changed)
        {
            db.Outbox.Add(OutboxMessage.Of(changed, now));
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Wake();
        return new NumberOutcome.Done(number.ToView());
    }

    private Refused? Begin(OwnedNumber number, NumberStage stage)
    {
        var now = clock.GetStorableNow();
        var changes = number.Stage != stage || number.Reason is not null;
        number.Stage = stage;
        number.FailedStep = null;
        number.Reason = null;
        number.ErrorCode = null;
        number.Tries = 0;
        number.VerificationMessageId = null;
        number.VerificationDeadline = null;
        number.VerificationStatus = VerificationStatus.NotSent;
        number.NextStepAt = now;
        if (changes)
        {
            number.Touch(now);
        }

        return null;
    }

    // Its turn comes now, unless it is at work: a purchase or a text that is under way is not disturbed.
    private Refused? GoOn(OwnedNumber number)
    {
        if (number is { Candidate: null, VerificationMessageId: null, Reason: not null })
        {
            number.NextStepAt = clock.GetStorableNow();
        }

        return null;
    }

    private Refused? Retire(OwnedNumber number, bool isInSession)
    {
        switch (number)
        {
            case { Stage: NumberStage.Retired }:
                return null;
            case { Candidate: not null }:
                return NumberRefusals.PurchaseUnderWay();
            case { SitterId: not null }:
                return NumberRefusals.HasSitter();
            case { ClientId: not null }:
                return NumberRefusals.HasClient();
            case var _ when isInSession:
                return NumberRefusals.HasSessions();
            default:
                break;
        }

        var now = clock.GetStorableNow();
        number.Stage = NumberStage.Retired;
        number.RestsUntil = null;
        number.Tries = 0;
        number.ErrorCode = null;
        number.VerificationMessageId = null;
        number.VerificationDeadline = null;
        number.Reason = number.Number is null ? null : Reasons.Releasing;
        number.NextStepAt = number.Number is null ? null : now;
        number.Touch(now);
        return null;
    }
}
