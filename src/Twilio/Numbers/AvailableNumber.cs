namespace PhoneMasking.Twilio.Numbers;

/// <summary>A number that could be bought just now. <see cref="ToString"/> does not show it.</summary>
public sealed record AvailableNumber
{
    /// <summary>The number, in E.164 form.</summary>
    public required string PhoneNumber { get; init; }

    /// <summary>Town.</summary>
    public string? Locality { get; init; }

    /// <summary>State or province, two letters.</summary>
    public string? Region { get; init; }

    /// <summary>Postal code.</summary>
    public string? PostalCode { get; init; }

    /// <summary>Country, two letters.</summary>
    public string? IsoCountry { get; init; }

    /// <summary>What it can do.</summary>
    public NumberCapabilities? Capabilities { get; init; }

    /// <summary>Returns nothing personal.</summary>
    public override string ToString() => $"AvailableNumber in {Region ?? IsoCountry}";
}
