using PhoneMasking.Twilio.Transport;

namespace PhoneMasking.Twilio.Accounts;

/// <summary>Reads the account over HTTPS.</summary>
internal sealed class AccountApi(TwilioTransport transport) : IAccountApi
{
    public async Task<AccountOutcome> FetchAsync(TwilioAccount account, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);

        const string operation = "fetching the account";
        var type = TwilioJson.Default.AccountDetails;
        try
        {
            return await transport.GetAsync(operation, account, account.Self, type, cancellationToken) is { } details
                ? new AccountOutcome.Found(details)
                : new AccountOutcome.Refused(new TwilioError(404, null, null, null));
        }
        catch (TwilioApiException failure) when (failure is { IsTransient: false, Error: { } error })
        {
            return new AccountOutcome.Refused(error);
        }
    }
}
