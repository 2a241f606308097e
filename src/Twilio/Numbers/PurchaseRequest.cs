namespace PhoneMasking.Twilio.Numbers;

/// <summary>A number to be bought: this very one, or any one of an area code.</summary>
public sealed record PurchaseRequest
{
    /// <summary>The number, in E.164 form, as found by a search.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>A US or Canadian area code, when <see cref="PhoneNumber"/> is absent.</summary>
    public string? AreaCode { get; init; }

    /// <summary>What the number does from the start.</summary>
    public NumberSettings Settings { get; init; } = new();

    /// <summary>Returns nothing personal.</summary>
    public override string ToString() => $"PurchaseRequest (area code {AreaCode ?? "given by the number"})";
}
