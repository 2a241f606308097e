using System.Runtime.CompilerServices;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Attaching;
using PhoneMasking.NumberService.Inventory;
using PhoneMasking.Twilio;
using PhoneMasking.Twilio.MessagingServices;
using PhoneMasking.Twilio.Numbers;
using PhoneMasking.Twilio.Proxy;

namespace PhoneMasking.NumberService.Doctor;

/// <summary>Looks whether each attached number is still attached: its webhooks, and the services that it belongs in.</summary>
internal sealed class NumbersExamination(
    ITwilioApi twilio,
    IMessagingServiceApi messaging,
    IProxyApi proxy,
    TwilioAccount account,
    NumberWebhooks webhooks) : IExamination
{
    private const int NotFound = 404;

    public async IAsyncEnumerable<Finding> ExamineAsync(
        DoctorCase examined,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var attached = examined.Numbers.Inventory
            .Where(number => number.Stage is NumberStage.Attached or NumberStage.Ready or NumberStage.Resting)
            .ToDictionary(number => number.Number!.Reveal(), StringComparer.Ordinal);
        var members = await MembersAsync(examined.MessagingService, cancellationToken);
        var proxied = await ProxiedAsync(examined.ProxyService, cancellationToken);
        foreach (var owned in examined.Numbers.Owned)
        {
            if (!attached.TryGetValue(owned.PhoneNumber, out var number))
            {
                continue;
            }

            if (!HasWebhooks(owned))
            {
                yield return new Finding(owned.PhoneNumber, "its webhooks lead elsewhere", "--fix sets them")
                {
                    Repair = repair => twilio.UpdateNumberAsync(account, owned.Sid, webhooks.Settings, repair),
                };
            }

            // Proxy takes no number that is in a Messaging Service (reference/twilio.md section 4), so it comes first.
            if (proxied?.Contains(owned.Sid) == false)
            {
                yield return NotInProxy(examined.ProxyService!, owned, number, members?.Contains(owned.Sid) == true);
            }

            if (members?.Contains(owned.Sid) == false)
            {
                yield return new Finding(owned.PhoneNumber, "it is not in the Messaging Service", "--fix puts it in")
                {
                    Repair = repair => EnterMessagingAsync(examined.MessagingService!, owned.Sid, repair),
                };
            }
        }
    }

    private bool HasWebhooks(IncomingNumber owned) =>
        IsSame(owned.SmsUrl, webhooks.Settings.SmsUrl!) && IsSame(owned.SmsFallbackUrl, webhooks.Settings.SmsFallbackUrl!);

    private static bool IsSame(string? actual, Uri wanted) =>
        Uri.TryCreate(actual, UriKind.Absolute, out var url) && url.AbsoluteUri == wanted.AbsoluteUri;

    private Finding NotInProxy(string service, IncomingNumber owned, OwnedNumber number, bool isInMessaging)
    {
        const string problem = "it is not in the Proxy Service";
        if (isInMessaging)
        {
            return new Finding(
                owned.PhoneNumber, problem, "take it out of the Messaging Service at Twilio, then --fix puts it in both");
        }

        var isReserved = number.Lifecycle is NumberLifecycle.ReservedActive or NumberLifecycle.StandbyReserved;
        return new Finding(owned.PhoneNumber, problem, "--fix puts it in")
        {
            Repair = async repair =>
            {
                var outcome = await proxy.AddNumberAsync(account, service, owned.Sid, isReserved, repair);
                if (outcome is not (ProxyNumberOutcome.Added or ProxyNumberOutcome.AlreadyThere))
                {
                    throw new RepairFailedException($"the Proxy Service does not take it: {outcome.GetType().Name}");
                }
            },
        };
    }

    private async Task EnterMessagingAsync(string service, string sid, CancellationToken cancellationToken)
    {
        var outcome = await messaging.AddNumberAsync(account, service, sid, cancellationToken);
        if (outcome is not (AddNumberOutcome.Added or AddNumberOutcome.AlreadyThere))
        {
            throw new RepairFailedException($"the Messaging Service does not take it: {outcome.GetType().Name}");
        }
    }

    private async Task<HashSet<string>?> MembersAsync(string? service, CancellationToken cancellationToken)
    {
        if (service is null)
        {
            return null;
        }

        try
        {
            return await messaging.ListNumbersAsync(account, service, cancellationToken)
                .Select(number => number.Sid)
                .ToHashSetAsync(cancellationToken: cancellationToken);
        }
        catch (TwilioApiException failure) when (failure.HttpStatus == NotFound)
        {
            return null;
        }
    }

    private async Task<HashSet<string>?> ProxiedAsync(string? service, CancellationToken cancellationToken)
    {
        if (service is null)
        {
            return null;
        }

        try
        {
            return await proxy.ListNumbersAsync(account, service, cancellationToken)
                .Select(number => number.Sid)
                .ToHashSetAsync(cancellationToken: cancellationToken);
        }
        catch (TwilioApiException failure) when (failure.HttpStatus == NotFound)
        {
            return null;
        }
    }
}
