using PhoneMasking.Twilio.Transport;

namespace PhoneMasking.Twilio.Registration;

internal sealed record BrandRegistrationPage : ProductPage<BrandRegistration>
{
    public required IReadOnlyList<BrandRegistration> Data { get; init; }

    public override IReadOnlyList<BrandRegistration> ReadItems() => Data;
}

internal sealed record CampaignPage : ProductPage<Campaign>
{
    public required IReadOnlyList<Campaign> Compliance { get; init; }

    public override IReadOnlyList<Campaign> ReadItems() => Compliance;
}
