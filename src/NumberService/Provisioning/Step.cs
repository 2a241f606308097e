using PhoneMasking.NumberService.Inventory;

namespace PhoneMasking.NumberService.Provisioning;

/// <summary>A number that this instance works on, until its lease ends.</summary>
/// <param name="number">The number as it was when it was claimed; others may change it meanwhile.</param>
internal sealed class Step(OwnedNumber number)
{
    public OwnedNumber Number { get; } = number;

    /// <summary>
    /// When the lease ends: the number's <see cref="OwnedNumber.NextStepAt"/>. Whoever changes that takes the number away, and
    /// what is then recorded for this step changes nothing.
    /// </summary>
    public DateTimeOffset Lease { get; set; } = number.NextStepAt!.Value;
}
