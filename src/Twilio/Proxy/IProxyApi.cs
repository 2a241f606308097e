namespace PhoneMasking.Twilio.Proxy;

/// <summary>
/// Twilio's Proxy Services and the numbers in them (Proxy API, version 1; public beta, closed to most new accounts:
/// reference/twilio.md 1.1). Thread-safe. All but creating may be repeated and is retried; it throws
/// <see cref="TwilioApiException"/> when that does not help.
/// </summary>
public interface IProxyApi
{
    /// <summary>Creates a service. Never retried; its name is unique, so that a repetition ends as taken.</summary>
    Task<ProxyServiceOutcome> CreateServiceAsync(
        TwilioAccount account,
        ProxyServiceSettings settings,
        CancellationToken cancellationToken);

    /// <summary>Reads a service; null when the account has none of this id.</summary>
    /// <exception cref="TwilioApiException">Twilio could not be read.</exception>
    Task<ProxyService?> FetchServiceAsync(
        TwilioAccount account,
        string serviceSid,
        CancellationToken cancellationToken);

    /// <summary>Lists the account's services, reading further pages as they are needed.</summary>
    /// <exception cref="TwilioApiException">Twilio could not be read.</exception>
    IAsyncEnumerable<ProxyService> ListServicesAsync(TwilioAccount account, CancellationToken cancellationToken);

    /// <summary>Deletes a service, with its sessions. One that is not there counts as deleted.</summary>
    /// <exception cref="TwilioApiException">Twilio refused, or did not answer.</exception>
    Task DeleteServiceAsync(TwilioAccount account, string serviceSid, CancellationToken cancellationToken);

    /// <summary>Puts a number into a service. Doing it twice changes nothing more.</summary>
    /// <param name="account">Whose service and number.</param>
    /// <param name="serviceSid">The service.</param>
    /// <param name="numberSid">The number's id, <c>PN</c> ….</param>
    /// <param name="isReserved">Whether Proxy must not pick the number by itself.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="TwilioApiException">Twilio did not answer, or too many requests; may be repeated.</exception>
    Task<ProxyNumberOutcome> AddNumberAsync(
        TwilioAccount account,
        string serviceSid,
        string numberSid,
        bool isReserved,
        CancellationToken cancellationToken);

    /// <summary>Lists the numbers of a service, reading further pages as they are needed.</summary>
    /// <exception cref="TwilioApiException">Twilio could not be read, or the service is not there (404).</exception>
    IAsyncEnumerable<ProxyNumber> ListNumbersAsync(
        TwilioAccount account,
        string serviceSid,
        CancellationToken cancellationToken);

    /// <summary>
    /// Takes a number out of a service; the account keeps it. One that is not there counts as removed.
    /// </summary>
    /// <exception cref="TwilioApiException">Twilio did not answer, or too many requests; may be repeated.</exception>
    Task<ProxyRemovalOutcome> RemoveNumberAsync(
        TwilioAccount account,
        string serviceSid,
        string numberSid,
        CancellationToken cancellationToken);
}
