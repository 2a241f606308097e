using PhoneMasking.Twilio.Messages;
using PhoneMasking.Twilio.Numbers;

namespace PhoneMasking.Twilio;

/// <summary>
/// Messages and numbers of Twilio's REST API, the part that is used here. Thread-safe; one instance serves every
/// account.
/// </summary>
/// <remarks>
/// What must not happen twice (sends, purchases) is tried once and returns an outcome. Reads, updates and releases are
/// retried with growing, random waits and throw <see cref="TwilioApiException"/> when that does not help. Cancelling
/// throws <see cref="OperationCanceledException"/>; a send that was cancelled may nevertheless have been made.
/// </remarks>
public interface ITwilioApi
{
    /// <summary>Sends a message. Never retried.</summary>
    Task<SendOutcome> CreateMessageAsync(
        TwilioAccount account,
        SendRequest request,
        CancellationToken cancellationToken);

    /// <summary>Reads one message; null when the account has none of this id.</summary>
    /// <exception cref="TwilioApiException">Twilio could not be read.</exception>
    Task<TwilioMessage?> FetchMessageAsync(
        TwilioAccount account,
        string messageSid,
        CancellationToken cancellationToken);

    /// <summary>Lists messages, newest first, reading further pages as they are needed.</summary>
    /// <exception cref="TwilioApiException">Twilio could not be read.</exception>
    IAsyncEnumerable<TwilioMessage> ListMessagesAsync(
        TwilioAccount account,
        MessageQuery query,
        CancellationToken cancellationToken);

    /// <summary>Looks for local numbers that could be bought.</summary>
    /// <exception cref="TwilioApiException">Twilio could not be read.</exception>
    Task<IReadOnlyList<AvailableNumber>> SearchLocalNumbersAsync(
        TwilioAccount account,
        LocalNumberSearch search,
        CancellationToken cancellationToken);

    /// <summary>Buys a number. Never retried.</summary>
    Task<PurchaseOutcome> BuyNumberAsync(
        TwilioAccount account,
        PurchaseRequest request,
        CancellationToken cancellationToken);

    /// <summary>Reads one of the account's numbers; null when it has none of this id.</summary>
    /// <exception cref="TwilioApiException">Twilio could not be read.</exception>
    Task<IncomingNumber?> FetchNumberAsync(
        TwilioAccount account,
        string numberSid,
        CancellationToken cancellationToken);

    /// <summary>Lists the account's numbers, reading further pages as they are needed.</summary>
    /// <param name="account">Whose numbers.</param>
    /// <param name="phoneNumber">Only this number, in E.164 form; all when null.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="TwilioApiException">Twilio could not be read.</exception>
    IAsyncEnumerable<IncomingNumber> ListNumbersAsync(
        TwilioAccount account,
        string? phoneNumber,
        CancellationToken cancellationToken);

    /// <summary>Changes what a number does. Retried: doing it twice changes nothing more.</summary>
    /// <exception cref="TwilioApiException">Twilio refused, or did not answer.</exception>
    Task<IncomingNumber> UpdateNumberAsync(
        TwilioAccount account,
        string numberSid,
        NumberSettings settings,
        CancellationToken cancellationToken);

    /// <summary>Gives a number back. One that the account no longer has counts as given back.</summary>
    /// <exception cref="TwilioApiException">Twilio refused, or did not answer.</exception>
    Task ReleaseNumberAsync(TwilioAccount account, string numberSid, CancellationToken cancellationToken);
}
