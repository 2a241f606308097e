using Microsoft.Extensions.Options;
using PhoneMasking.NumberService.Provisioning;
using PhoneMasking.Twilio;
using PhoneMasking.Twilio.Registration;

namespace PhoneMasking.NumberService.Attaching;

/// <summary>Looks whether the A2P campaign of a Messaging Service is approved: before, no text goes to the US (30034).</summary>
internal sealed class CampaignCheck(
    IRegistrationApi registration,
    TwilioAccount account,
    IOptions<ProvisioningOptions> options)
{
    private const string Failed = "FAILED";

    /// <summary>The wait for the campaign; none when it is approved.</summary>
    /// <exception cref="TwilioApiException">Twilio could not be read.</exception>
    public async Task<StepOutcome.Waits?> WaitAsync(string messagingService, CancellationToken cancellationToken)
    {
        var campaigns = await registration
            .ListCampaignsAsync(account, messagingService, cancellationToken)
            .ToListAsync(cancellationToken);
        if (campaigns.Exists(campaign => campaign.IsVerified))
        {
            return null;
        }

        return campaigns switch
        {
            [] => ForOwner(Reasons.RegistrationMissing),
            _ when campaigns.TrueForAll(campaign => campaign.CampaignStatus == Failed) => ForOwner(Reasons.RegistrationFailed),
            _ => new StepOutcome.Waits(options.Value.RegistrationRetryDelay, Reasons.RegistrationPending),
        };
    }

    private StepOutcome.Waits ForOwner(string reason) =>
        new(options.Value.RegistrationRetryDelay, reason) { ForOwner = true };
}
