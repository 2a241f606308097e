using PhoneMasking.Twilio.Messages;
using PhoneMasking.Twilio.Transport;

namespace PhoneMasking.Twilio.Registration;

/// <summary>Reads brands and campaigns over HTTPS.</summary>
internal sealed class RegistrationApi(TwilioTransport transport) : IRegistrationApi
{
    public IAsyncEnumerable<BrandRegistration> ListBrandsAsync(
        TwilioAccount account,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);

        var first = account.Messaging($"a2p/BrandRegistrations?PageSize={MessageQuery.MaxPageSize}");
        return transport.ListAsync<BrandRegistrationPage, BrandRegistration>(
            "listing brands", account, first, TwilioJson.Default.BrandRegistrationPage, cancellationToken);
    }

    public Task<BrandRegistration?> FetchBrandAsync(
        TwilioAccount account,
        string brandSid,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentException.ThrowIfNullOrWhiteSpace(brandSid);

        var uri = account.Messaging($"a2p/BrandRegistrations/{Uri.EscapeDataString(brandSid)}");
        var type = TwilioJson.Default.BrandRegistration;
        return transport.GetAsync("fetching a brand", account, uri, type, cancellationToken);
    }

    public IAsyncEnumerable<Campaign> ListCampaignsAsync(
        TwilioAccount account,
        string messagingServiceSid,
        CancellationToken cancellationToken)
    {
        var first = CampaignsOf(account, messagingServiceSid, $"?PageSize={MessageQuery.MaxPageSize}");
        return transport.ListAsync<CampaignPage, Campaign>(
            "listing campaigns", account, first, TwilioJson.Default.CampaignPage, cancellationToken);
    }

    public Task<Campaign?> FetchCampaignAsync(
        TwilioAccount account,
        string messagingServiceSid,
        string campaignSid,
        CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(campaignSid);

        var uri = CampaignsOf(account, messagingServiceSid, $"/{Uri.EscapeDataString(campaignSid)}");
        var type = TwilioJson.Default.Campaign;
        return transport.GetAsync("fetching a campaign", account, uri, type, cancellationToken);
    }

    private static Uri CampaignsOf(TwilioAccount account, string serviceSid, string rest)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentException.ThrowIfNullOrWhiteSpace(serviceSid);

        return account.Messaging($"Services/{Uri.EscapeDataString(serviceSid)}/Compliance/Usa2p{rest}");
    }
}
