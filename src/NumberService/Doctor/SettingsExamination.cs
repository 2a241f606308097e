using System.Net;
using Microsoft.Extensions.Options;
using PhoneMasking.NumberService.Verification;
using PhoneMasking.Twilio;
using PhoneMasking.Twilio.Accounts;

namespace PhoneMasking.NumberService.Doctor;

/// <summary>Looks whether the settings make sense with Twilio, as far as that shows from here.</summary>
internal sealed class SettingsExamination(
    IOptions<TwilioSettings> twilio,
    IOptions<VerificationOptions> verification) : IExamination
{
    public async IAsyncEnumerable<Finding> ExamineAsync(
        DoctorCase examined,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (examined.Account is { Trouble: { } trouble })
        {
            yield return new Finding("account", trouble, "see there");
        }

        foreach (var (setting, url) in new[]
        {
            ("Twilio:PublicBaseUrl", twilio.Value.PublicBaseUrl),
            ("Twilio:FallbackBaseUrl", twilio.Value.FallbackBaseUrl),
        })
        {
            if (url is not null && Trouble(url) is { } wrong)
            {
                yield return new Finding(setting, wrong, "set the address under which Twilio reaches the gateway, then --fix");
            }
        }

        if (verification.Value is { Verification: VerificationMode.On } && verification.Value.ReadPhone() is null)
        {
            yield return new Finding(
                "Numbers:VerificationPhone", "no test texts are sent: numbers are Ready untried", "set a phone, in E.164 form");
        }

        await Task.CompletedTask;
    }

    private string? Trouble(Uri url) => url switch
    {
        // Twilio does not call hosts with an underscore (reference/twilio.md 2.3).
        _ when url.Host.Contains('_', StringComparison.Ordinal) => "the host has an underscore, which Twilio refuses",
        _ when twilio.Value.ApiBaseUrl != TwilioAccount.PublicApi => null,
        { Scheme: not "https" } => "is not https: texts would cross the network readable",
        _ when url.IsLoopback || IPAddress.TryParse(url.Host, out _) || !url.Host.Contains('.', StringComparison.Ordinal) =>
            "Twilio cannot reach this host",
        _ => null,
    };
}
