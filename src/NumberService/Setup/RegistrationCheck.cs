using PhoneMasking.Twilio;
using PhoneMasking.Twilio.Registration;

namespace PhoneMasking.NumberService.Setup;

/// <summary>Reads how far the account's registration for texts to the US (A2P 10DLC) is.</summary>
internal sealed class RegistrationCheck(IRegistrationApi registration, TwilioAccount account)
{
    /// <summary>Where it stands. The campaign belongs to a Messaging Service; without one there is none.</summary>
    /// <exception cref="TwilioApiException">Twilio gave no usable answer.</exception>
    public async Task<RegistrationStanding> CheckAsync(string? messagingService, CancellationToken cancellationToken)
    {
        var brands = await registration.ListBrandsAsync(account, cancellationToken).ToListAsync(cancellationToken);
        var campaigns = messagingService is null
            ? []
            : await registration
                .ListCampaignsAsync(account, messagingService, cancellationToken)
                .ToListAsync(cancellationToken);
        return new RegistrationStanding(
            brands.Find(brand => brand.IsApproved) ?? brands.FirstOrDefault(),
            campaigns.Find(campaign => campaign.IsVerified) ?? campaigns.FirstOrDefault());
    }
}

/// <summary>How far the registration is.</summary>
/// <param name="Brand">The business as the carriers know it; the approved one when there are more.</param>
/// <param name="Campaign">What it may text; the approved one when there are more.</param>
internal sealed record RegistrationStanding(BrandRegistration? Brand, Campaign? Campaign)
{
    /// <summary>Whether texts to the US are possible, as far as this shows.</summary>
    public bool IsComplete => Brand?.IsApproved == true && Campaign?.IsVerified == true;

    /// <summary>Whether there is nothing to wait for before the owner has filled in the campaign's form.</summary>
    public bool NeedsForm => Campaign is null or { CampaignStatus: "FAILED" };

    public string BrandState => Brand is null
        ? "none. Register the business first: Twilio's console, Messaging, Regulatory Compliance, A2P 10DLC, Brands."
        : $"{Brand.Status}{Why(Brand.Errors)}";

    public string CampaignState => Campaign is null
        ? "none. Register one for the Messaging Service in Twilio's console; the texts for its form are below."
        : $"{Campaign.CampaignStatus}, use case {Campaign.UsAppToPersonUsecase}{Why(Campaign.Errors)}";

    private static string Why(IReadOnlyList<RegistrationError>? errors) => errors is null or []
        ? string.Empty
        : $": {string.Join("; ", errors.Select(error => $"{error.Description} ({error.Code})"))}";
}
