using System.Diagnostics;
using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Inventory;
using PhoneMasking.NumberService.Provisioning;
using PhoneMasking.Twilio;
using PhoneMasking.Twilio.MessagingServices;
using PhoneMasking.Twilio.Proxy;

namespace PhoneMasking.NumberService.Attaching;

/// <summary>
/// The Attach-Number routine: webhooks, then the Proxy Service, then the Messaging Service, which a number must not be in
/// before (reference/twilio.md section 4), then its registration. All of it may be repeated.
/// </summary>
internal sealed class AttachStep(
    ITwilioApi twilio,
    IProxyApi proxy,
    IMessagingServiceApi messaging,
    CampaignCheck campaigns,
    TwilioAccount account,
    TwilioServiceBook services,
    NumberWebhooks webhooks,
    TwilioFaults faults,
    IOptions<ProvisioningOptions> options)
{
    private const int NotFound = 404;

    public async Task<StepOutcome> RunAsync(Step step, CancellationToken cancellationToken)
    {
        var number = step.Number;
        if (await FindSidAsync(number, cancellationToken) is not { } sid || !await ConfigureAsync(sid, cancellationToken))
        {
            return new StepOutcome.Fails(Reasons.NotOwned);
        }

        var (messagingService, proxyService) = await services.ReadAsync(number.OrganisationId, cancellationToken);
        var stopped = await EnterProxyAsync(proxyService, sid, number.Lifecycle, cancellationToken)
            ?? await EnterMessagingAsync(messagingService, sid, cancellationToken)
            ?? await AwaitCampaignAsync(messagingService, number, cancellationToken);
        return stopped switch
        {
            null => new StepOutcome.Done((attached, now) =>
            {
                attached.TwilioSid = sid;
                attached.AttachedAt = now;
                attached.Stage = NumberStage.Attached;
                attached.VerificationStatus = VerificationStatus.NotSent;
                attached.VerificationMessageId = null;
                attached.VerificationDeadline = null;
            }),
            StepOutcome.Waits waits => waits with { Change = attached => attached.TwilioSid = sid },
            _ => stopped,
        };
    }

    private async Task<string?> FindSidAsync(OwnedNumber number, CancellationToken cancellationToken)
    {
        if (number.TwilioSid is not null)
        {
            return number.TwilioSid;
        }

        await foreach (var owned in twilio.ListNumbersAsync(account, number.Number!.Reveal(), cancellationToken))
        {
            if (owned.PhoneNumber == number.Number.Reveal())
            {
                return owned.Sid;
            }
        }

        return null;
    }

    private async Task<bool> ConfigureAsync(string sid, CancellationToken cancellationToken)
    {
        try
        {
            await twilio.UpdateNumberAsync(account, sid, webhooks.Settings, cancellationToken);
            return true;
        }
        catch (TwilioApiException failure) when (failure.HttpStatus == NotFound)
        {
            return false;
        }
    }

    private async Task<StepOutcome?> EnterProxyAsync(
        string? service,
        string sid,
        NumberLifecycle lifecycle,
        CancellationToken cancellationToken)
    {
        if (service is null)
        {
            return null;
        }

        var isReserved = lifecycle is NumberLifecycle.ReservedActive or NumberLifecycle.StandbyReserved;
        return await proxy.AddNumberAsync(account, service, sid, isReserved, cancellationToken) switch
        {
            ProxyNumberOutcome.Added or ProxyNumberOutcome.AlreadyThere => null,
            ProxyNumberOutcome.InAnotherService(var error) => new StepOutcome.Fails(Reasons.InAnotherProxyService, error.Code),
            ProxyNumberOutcome.ServiceFull(var error) =>
                new StepOutcome.Fails(Reasons.ProxyServiceFull, error.Code) { IsShared = true },

            // Also the answer for a number that is in the Messaging Service already: then it may well be in both.
            ProxyNumberOutcome.Refused(var error) => await IsInProxyAsync(service, sid, cancellationToken)
                ? null
                : faults.Refused(error, StepNames.Attach, Reasons.ProxyRefuses),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<bool> IsInProxyAsync(string service, string sid, CancellationToken cancellationToken)
    {
        try
        {
            return await proxy.ListNumbersAsync(account, service, cancellationToken)
                .AnyAsync(number => number.Sid == sid, cancellationToken);
        }
        catch (TwilioApiException failure) when (failure.HttpStatus == NotFound)
        {
            return false;
        }
    }

    private async Task<StepOutcome?> EnterMessagingAsync(
        string? service,
        string sid,
        CancellationToken cancellationToken)
    {
        if (service is null)
        {
            return null;
        }

        return await messaging.AddNumberAsync(account, service, sid, cancellationToken) switch
        {
            AddNumberOutcome.Added or AddNumberOutcome.AlreadyThere => null,
            AddNumberOutcome.InAnotherService(var error) =>
                new StepOutcome.Fails(Reasons.InAnotherMessagingService, error.Code),
            AddNumberOutcome.ServiceFull(var error) =>
                new StepOutcome.Fails(Reasons.MessagingServiceFull, error.Code) { IsShared = true },
            AddNumberOutcome.NotTextCapable(var error) => new StepOutcome.Fails(Reasons.NotTextCapable, error.Code),
            AddNumberOutcome.Refused(var error) => faults.Refused(error, StepNames.Attach, Reasons.MessagingServiceRefuses),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<StepOutcome?> AwaitCampaignAsync(
        string? service,
        OwnedNumber number,
        CancellationToken cancellationToken) =>
        service is not null && options.Value.AwaitCampaign && number.Number!.Reveal().StartsWith("+1", StringComparison.Ordinal)
            ? await campaigns.WaitAsync(service, cancellationToken)
            : null;
}
