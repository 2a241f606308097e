using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using PhoneMasking.NumberService.Setup;
using PhoneMasking.Twilio;
using PhoneMasking.Twilio.MessagingServices;
using PhoneMasking.Twilio.Proxy;

namespace PhoneMasking.NumberService.Doctor;

/// <summary>Looks at the services that numbers are put in, and at the registration for texts to the US.</summary>
internal sealed class ServicesExamination(
    IMessagingServiceApi messaging,
    IProxyApi proxy,
    TwilioAccount account,
    RegistrationCheck registration,
    IOptions<SetupOptions> options) : IExamination
{
    public async IAsyncEnumerable<Finding> ExamineAsync(
        DoctorCase examined,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await ExamineMessagingAsync(examined.MessagingService, cancellationToken) is { } finding)
        {
            yield return finding;
        }
        else
        {
            await foreach (var registered in ExamineRegistrationAsync(examined.MessagingService!, cancellationToken))
            {
                yield return registered;
            }
        }

        if (examined.ProxyService is { } sid && await proxy.FetchServiceAsync(account, sid, cancellationToken) is null)
        {
            yield return new Finding($"Proxy Service {sid}", "the account does not have it", "correct TWILIO_PROXY_SERVICE_SID");
        }
    }

    private async Task<Finding?> ExamineMessagingAsync(string? sid, CancellationToken cancellationToken)
    {
        if (sid is null)
        {
            return new Finding("Messaging Service", "there is none", "run setup");
        }

        return await messaging.FetchServiceAsync(account, sid, cancellationToken) switch
        {
            null => new Finding(
                $"Messaging Service {sid}", "the account does not have it", "correct TWILIO_MESSAGING_SERVICE_SID, or run setup"),
            var service when !MessagingServiceSetup.IsRight(service) => new Finding(
                $"Messaging Service {sid}",
                "each number's own webhook must get its texts, with sticky sender and area code geomatch off",
                "--fix sets it so")
            {
                Repair = repair => messaging.UpdateServiceAsync(account, sid, MessagingServiceSetup.Wanted, repair),
            },
            _ => null,
        };
    }

    private async IAsyncEnumerable<Finding> ExamineRegistrationAsync(
        string messagingService,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var standing = await registration.CheckAsync(messagingService, cancellationToken);
        if (standing.Brand?.IsApproved != true)
        {
            yield return new Finding("A2P brand", standing.BrandState, "setup --dry-run says what to do");
        }

        if (standing.Campaign?.IsVerified != true)
        {
            yield return new Finding("A2P campaign", standing.CampaignState, "setup --dry-run shows the texts for its form");
        }

        var members = await messaging.ListNumbersAsync(account, messagingService, cancellationToken)
            .CountAsync(cancellationToken);
        if (members > options.Value.NumbersPerCampaign)
        {
            yield return new Finding(
                "A2P campaign",
                $"carries {members} numbers: above {options.Value.NumbersPerCampaign} T-Mobile wants an approval of its own",
                "ask Twilio's support for it")
            {
                IsNote = true,
            };
        }
    }
}
