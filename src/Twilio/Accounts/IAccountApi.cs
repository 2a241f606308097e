namespace PhoneMasking.Twilio.Accounts;

/// <summary>The account itself, for checking credentials. Thread-safe.</summary>
public interface IAccountApi
{
    /// <summary>Reads the account whose id and token are given.</summary>
    /// <exception cref="TwilioApiException">Twilio gave no usable answer, retries included.</exception>
    Task<AccountOutcome> FetchAsync(TwilioAccount account, CancellationToken cancellationToken);
}
