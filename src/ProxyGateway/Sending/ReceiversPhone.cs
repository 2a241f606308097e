using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Sending;

/// <summary>What has become of the person whom a text is for, since it was addressed to their phone. Personal data.</summary>
/// <param name="IsGone">A sitter who was removed, or a client who has no phone any more: nobody may read it.</param>
/// <param name="Elsewhere">Their phone of now, when that is another; none when it is the same.</param>
internal readonly record struct ReceiversPhone(bool IsGone, E164Number? Elsewhere)
{
    /// <summary>Compares the phone of now, empty when nobody has one and none when nobody is known, with the receiver.</summary>
    public static ReceiversPhone Of(string? now, string receiver) => now switch
    {
        null => default,
        "" => new(IsGone: true, null),
        _ when now != receiver && E164Number.TryParse(now, out var phone) => new(IsGone: false, phone),
        _ => default,
    };

    public override string ToString() => IsGone ? "gone" : Elsewhere is null ? "as before" : "elsewhere";
}
