using System.Diagnostics;
using PhoneMasking.Twilio;
using PhoneMasking.Twilio.Accounts;

namespace PhoneMasking.NumberService.Setup;

/// <summary>Looks whether the account at Twilio can do what is wanted of it, and says so in plain words.</summary>
internal sealed class AccountCheck(IAccountApi accounts, TwilioAccount account)
{
    private const int BadCredentials = 20003;

    /// <summary>The account.</summary>
    /// <exception cref="TwilioApiException">Twilio gave no usable answer.</exception>
    public async Task<AccountStanding> CheckAsync(CancellationToken cancellationToken) =>
        await accounts.FetchAsync(account, cancellationToken) switch
        {
            AccountOutcome.Refused({ Code: BadCredentials } or { HttpStatus: 401 }) => new AccountStanding(
                null,
                $"Twilio does not accept the credentials of {account.AccountSid}: the account id or the auth token is wrong, or "
                + "the account is suspended or closed. Compare TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN with Twilio's console."),
            AccountOutcome.Refused(var error) => new AccountStanding(
                null, $"Twilio refuses to show the account {account.AccountSid} ({error})."),
            AccountOutcome.Found(var details) => new AccountStanding(details, Trouble(details)),
            _ => throw new UnreachableException(),
        };

    private static string? Trouble(AccountDetails details) => details switch
    {
        { IsActive: false } =>
            $"The account {details.Sid} is {details.Status}: Twilio's console says why, and how it becomes active again.",
        { IsTrial: true } =>
            $"The account {details.Sid} is a trial account: it has one number and texts verified phones only. Upgrade it in "
            + "Twilio's console (Billing), then run setup again.",
        _ => null,
    };
}

/// <summary>What the account can do.</summary>
/// <param name="Details">The account; none when it cannot be read.</param>
/// <param name="Trouble">Why nothing can be bought with it; none when something can.</param>
internal sealed record AccountStanding(AccountDetails? Details, string? Trouble);
