namespace PhoneMasking.Twilio.Registration;

/// <summary>
/// The account's A2P 10DLC registration, read only: brands, and the campaign of a Messaging Service (messaging API,
/// version 1). Thread-safe; reads are retried.
/// </summary>
/// <remarks>
/// Twilio has no resource that says whether one number is registered for the campaign: it shows in messages only
/// (30034 not on an approved campaign, 30035 still being configured, 30024 not provisioned at the carrier).
/// </remarks>
public interface IRegistrationApi
{
    /// <summary>Lists the account's brands, reading further pages as they are needed.</summary>
    /// <exception cref="TwilioApiException">Twilio could not be read.</exception>
    IAsyncEnumerable<BrandRegistration> ListBrandsAsync(TwilioAccount account, CancellationToken cancellationToken);

    /// <summary>Reads a brand; null when the account has none of this id.</summary>
    /// <exception cref="TwilioApiException">Twilio could not be read.</exception>
    Task<BrandRegistration?> FetchBrandAsync(
        TwilioAccount account,
        string brandSid,
        CancellationToken cancellationToken);

    /// <summary>Lists the campaigns of a Messaging Service: at most one today.</summary>
    /// <exception cref="TwilioApiException">Twilio could not be read, or the service is not there (404).</exception>
    IAsyncEnumerable<Campaign> ListCampaignsAsync(
        TwilioAccount account,
        string messagingServiceSid,
        CancellationToken cancellationToken);

    /// <summary>Reads a campaign; null when the service has none of this id.</summary>
    /// <exception cref="TwilioApiException">Twilio could not be read.</exception>
    Task<Campaign?> FetchCampaignAsync(
        TwilioAccount account,
        string messagingServiceSid,
        string campaignSid,
        CancellationToken cancellationToken);
}
