using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Provisioning;

namespace PhoneMasking.NumberService.Inventory;

/// <summary>
/// A number of ours, or the order for one. Unique over all organisations: the telephone network knows it once. The stages
/// and what may follow what are the database's rules, too (migration 0002).
/// </summary>
internal sealed class OwnedNumber
{
    public required NumberId Id { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    /// <summary>None while <see cref="NumberStage.Intended"/>.</summary>
    public E164Number? Number { get; set; }

    public required NumberLifecycle Lifecycle { get; set; }

    public required NumberStage Stage { get; set; }

    public NumberPurpose? Purpose { get; init; }

    /// <summary>The request that ordered it, with <see cref="OrderLine"/> unique.</summary>
    public Guid? OrderId { get; init; }

    /// <summary>Counts the numbers of one order from 0.</summary>
    public short? OrderLine { get; init; }

    /// <summary>The area code asked for, tried before the configured ones.</summary>
    public string? AreaCode { get; init; }

    /// <summary>The number that is being bought just now; written before Twilio is asked, so that no purchase is made twice.</summary>
    public E164Number? Candidate { get; set; }

    public string? TwilioSid { get; set; }

    public DateTimeOffset? PurchasedAt { get; set; }

    public DateTimeOffset? AttachedAt { get; set; }

    public required VerificationStatus VerificationStatus { get; set; }

    public MessageId? VerificationMessageId { get; set; }

    public DateTimeOffset? VerificationDeadline { get; set; }

    /// <summary>Set exactly while the number is <see cref="NumberLifecycle.ReservedActive"/>.</summary>
    public SitterId? SitterId { get; set; }

    /// <summary>Set exactly while the number is <see cref="NumberLifecycle.Dedicated"/>.</summary>
    public ClientId? ClientId { get; set; }

    /// <summary>Who had it last: the only one who may get it back while it rests.</summary>
    public SitterId? FormerSitterId { get; set; }

    public DateTimeOffset? RestsUntil { get; set; }

    /// <summary>Tries of the present step that did not succeed.</summary>
    public required int Tries { get; set; }

    /// <summary>When the next step is due, or the present one's lease ends; none when nothing is to be done.</summary>
    public DateTimeOffset? NextStepAt { get; set; }

    /// <summary><c>buy</c>, <c>attach</c> or <c>verify</c>; set while Failed, and kept when it is retired then.</summary>
    public string? FailedStep { get; set; }

    /// <summary>Why it failed, or what it waits for; a stable word in kebab case.</summary>
    public string? Reason { get; set; }

    /// <summary>Twilio's error code to go with it.</summary>
    public int? ErrorCode { get; set; }

    public required long Version { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>What the other services know of the stage.</summary>
    public NumberStatus Status => Stage switch
    {
        NumberStage.Intended or NumberStage.Bought or NumberStage.Attached => NumberStatus.Pending,
        NumberStage.Ready => NumberStatus.Ready,
        NumberStage.Failed => NumberStatus.Failed,
        NumberStage.Resting => NumberStatus.Resting,
        _ => NumberStatus.Retired,
    };

    public AttachStatus AttachStatus => this switch
    {
        { FailedStep: StepNames.Attach } => AttachStatus.Failed,
        { Stage: NumberStage.Intended or NumberStage.Bought } or { AttachedAt: null, Stage: NumberStage.Failed } =>
            AttachStatus.Pending,

        // Retired before it was attached; without an id at Twilio it was taken over as it worked.
        { AttachedAt: null, Stage: NumberStage.Retired } when Number is null || TwilioSid is not null => AttachStatus.Pending,
        _ => AttachStatus.Ready,
    };

    /// <summary>Marks a change: others learn of it by the next version.</summary>
    public void Touch(DateTimeOffset now)
    {
        Version++;
        ChangedAt = now;
    }

    /// <summary>The event for the other services; none while it is only an order, which concerns nobody else.</summary>
    public NumberChanged? ToEvent(DateTimeOffset now) => Number is { } number
        ? new NumberChanged(OrganisationId, Id, number, Lifecycle, Status, SitterId, Version, now)
        : null;

    public NumberView ToView() => new(Id, Number, Lifecycle, Status, SitterId, Version, CreatedAt)
    {
        Stage = Stage,
        Purpose = Purpose,
        AttachStatus = AttachStatus,
        VerificationStatus = VerificationStatus,
        ClientId = ClientId,
        TwilioSid = TwilioSid,
        Reason = Reason,
        ErrorCode = ErrorCode,
        PurchasedAt = PurchasedAt,
        RestsUntil = RestsUntil,
    };
}
