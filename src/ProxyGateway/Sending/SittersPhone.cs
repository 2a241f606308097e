using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Sending;

/// <summary>What has become of the sitter whom a client's text is for, since it was addressed to her phone. Personal data.</summary>
/// <param name="IsGone">She was removed: nobody may read it.</param>
/// <param name="Elsewhere">Her phone of now, when that is another; none when it is the same, or the text is for a client.</param>
internal readonly record struct SittersPhone(bool IsGone, E164Number? Elsewhere)
{
    /// <summary>Compares her phone of now, empty when she was removed and none when there is no sitter, with the receiver.</summary>
    public static SittersPhone Of(string? now, string receiver) => now switch
    {
        null => default,
        "" => new(IsGone: true, null),
        _ when now != receiver && E164Number.TryParse(now, out var phone) => new(IsGone: false, phone),
        _ => default,
    };

    public override string ToString() => IsGone ? "gone" : Elsewhere is null ? "as before" : "elsewhere";
}
