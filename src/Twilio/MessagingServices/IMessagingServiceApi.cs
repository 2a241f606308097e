namespace PhoneMasking.Twilio.MessagingServices;

/// <summary>
/// Twilio's Messaging Services and the numbers in them (messaging API, version 1). Thread-safe. All but creating may be
/// repeated and is retried; it throws <see cref="TwilioApiException"/> when that does not help.
/// </summary>
public interface IMessagingServiceApi
{
    /// <summary>Creates a service; its name is required. Never retried: each success makes another service.</summary>
    Task<MessagingServiceOutcome> CreateServiceAsync(
        TwilioAccount account,
        MessagingServiceSettings settings,
        CancellationToken cancellationToken);

    /// <summary>Reads a service; null when the account has none of this id.</summary>
    /// <exception cref="TwilioApiException">Twilio could not be read.</exception>
    Task<MessagingService?> FetchServiceAsync(
        TwilioAccount account,
        string serviceSid,
        CancellationToken cancellationToken);

    /// <summary>Changes a service. Doing it twice changes nothing more.</summary>
    /// <exception cref="TwilioApiException">Twilio refused, or did not answer.</exception>
    Task<MessagingService> UpdateServiceAsync(
        TwilioAccount account,
        string serviceSid,
        MessagingServiceSettings settings,
        CancellationToken cancellationToken);

    /// <summary>Lists the account's services, reading further pages as they are needed.</summary>
    /// <exception cref="TwilioApiException">Twilio could not be read.</exception>
    IAsyncEnumerable<MessagingService> ListServicesAsync(TwilioAccount account, CancellationToken cancellationToken);

    /// <summary>
    /// Puts a number into a service. Doing it twice changes nothing more, and the second time ends as
    /// <see cref="AddNumberOutcome.AlreadyThere"/>; so may the first, when its answer was lost and it was retried.
    /// </summary>
    /// <exception cref="TwilioApiException">Twilio did not answer, or too many requests; may be repeated.</exception>
    Task<AddNumberOutcome> AddNumberAsync(
        TwilioAccount account,
        string serviceSid,
        string numberSid,
        CancellationToken cancellationToken);

    /// <summary>Reads a number of a service; null when the number is not in it.</summary>
    /// <exception cref="TwilioApiException">Twilio could not be read.</exception>
    Task<MessagingServiceNumber?> FetchNumberAsync(
        TwilioAccount account,
        string serviceSid,
        string numberSid,
        CancellationToken cancellationToken);

    /// <summary>Lists the numbers of a service, reading further pages as they are needed.</summary>
    /// <exception cref="TwilioApiException">Twilio could not be read, or the service is not there (404).</exception>
    IAsyncEnumerable<MessagingServiceNumber> ListNumbersAsync(
        TwilioAccount account,
        string serviceSid,
        CancellationToken cancellationToken);

    /// <summary>Takes a number out of a service; the account keeps it. One that is not there counts as done.</summary>
    /// <exception cref="TwilioApiException">Twilio refused, or did not answer.</exception>
    Task RemoveNumberAsync(
        TwilioAccount account,
        string serviceSid,
        string numberSid,
        CancellationToken cancellationToken);
}
