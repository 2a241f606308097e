using System.Diagnostics;
using PhoneMasking.NumberService.Provisioning;
using PhoneMasking.Twilio;
using PhoneMasking.Twilio.MessagingServices;
using PhoneMasking.Twilio.Proxy;

namespace PhoneMasking.NumberService.Attaching;

/// <summary>
/// Gives a retired number back to Twilio: out of the services first, then out of the account. What is gone already counts as
/// done, so it may be repeated.
/// </summary>
internal sealed class ReleaseStep(
    ITwilioApi twilio,
    IProxyApi proxy,
    IMessagingServiceApi messaging,
    TwilioAccount account,
    TwilioServiceBook services,
    TwilioFaults faults)
{
    public async Task<StepOutcome> RunAsync(Step step, CancellationToken cancellationToken)
    {
        if (step.Number.Number is not null && await FindSidAsync(step, cancellationToken) is { } sid)
        {
            var (messagingService, proxyService) = await services.ReadAsync(step.Number.OrganisationId, cancellationToken);
            if (messagingService is not null)
            {
                await messaging.RemoveNumberAsync(account, messagingService, sid, cancellationToken);
            }

            if (proxyService is not null && await LeaveProxyAsync(proxyService, sid, cancellationToken) is { } stopped)
            {
                return stopped;
            }

            await twilio.ReleaseNumberAsync(account, sid, cancellationToken);
        }

        return new StepOutcome.Done((number, _) => number.NextStepAt = null);
    }

    private async Task<string?> FindSidAsync(Step step, CancellationToken cancellationToken)
    {
        if (step.Number.TwilioSid is not null)
        {
            return step.Number.TwilioSid;
        }

        var wanted = step.Number.Number!.Reveal();
        var owned = await twilio.ListNumbersAsync(account, wanted, cancellationToken)
            .FirstOrDefaultAsync(number => number.PhoneNumber == wanted, cancellationToken);
        return owned?.Sid;
    }

    private async Task<StepOutcome?> LeaveProxyAsync(string service, string sid, CancellationToken cancellationToken) =>
        await proxy.RemoveNumberAsync(account, service, sid, cancellationToken) switch
        {
            ProxyRemovalOutcome.Removed => null,
            ProxyRemovalOutcome.InUse(var error) =>
                new StepOutcome.Stumbles(Reasons.ReleaseRefused, error.Code, null),
            ProxyRemovalOutcome.Refused(var error) =>
                faults.Refused(error, StepNames.Release, Reasons.ReleaseRefused),
            _ => throw new UnreachableException(),
        };
}
