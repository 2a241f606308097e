using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using PhoneMasking.Simulator.Faults;
using PhoneMasking.Simulator.Messages;
using PhoneMasking.Simulator.MessagingServices;
using PhoneMasking.Simulator.Numbers;
using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.Registration;

/// <summary>Whether a number is registered for its campaign.</summary>
public enum NumberRegistration
{
    /// <summary>By itself, some time after the number was put into a Messaging Service.</summary>
    Auto,

    /// <summary>Not yet, until switched: its messages fail.</summary>
    Pending,

    /// <summary>It is.</summary>
    Registered,
}

/// <summary>
/// The account's A2P registration: one brand, a campaign for each Messaging Service, and which numbers the carriers
/// know. Safe for many callers.
/// </summary>
internal sealed class RegistrationBook
{
    /// <summary>Twilio: "Message from an Unregistered Number". Source: reference/twilio.md 2.4.</summary>
    private const int Unregistered = 30034;

    private readonly ConcurrentDictionary<string, NumberRegistration> _switched = new(StringComparer.Ordinal);
    private readonly MessagingServiceStore _services;
    private readonly IOptions<RegistrationOptions> _options;
    private readonly TimeProvider _clock;
    private volatile RegistrationRules _current;

    public RegistrationBook(
        MessagingServiceStore services,
        NumberDirectory numbers,
        IOptions<RegistrationOptions> options,
        TimeProvider clock)
    {
        _services = services;
        _options = options;
        _clock = clock;
        _current = RegistrationRules.Of(options.Value);
        BrandSid = TwilioSid.New("BN", clock.GetUtcNow());
        Created = clock.GetUtcNow();
        numbers.Released += number => _switched.TryRemove(number.PhoneNumber, out _);
    }

    public RegistrationRules Current
    {
        get => _current;
        set => _current = value;
    }

    public string BrandSid { get; }

    public DateTimeOffset Created { get; }

    public bool IsCampaignVerified => _current.CampaignStatus == "VERIFIED";

    /// <summary>The campaign of a Messaging Service: one for each, of an id that follows from the service's.</summary>
    public static string CampaignSidOf(string serviceSid) => $"QE{serviceSid[2..]}";

    /// <summary>Whether the carriers know the number.</summary>
    public bool IsRegistered(string phoneNumber)
    {
        switch (_switched.GetValueOrDefault(phoneNumber))
        {
            case NumberRegistration.Pending:
                return false;
            case NumberRegistration.Registered:
                return true;
            default:
                var rules = _current;
                return _services.FindByPhoneNumber(phoneNumber) is { } member
                    ? IsCampaignVerified && _clock.GetUtcNow() >= member.Number.Added + rules.NumberDelay
                    : !rules.IsRequired;
        }
    }

    /// <summary>How a message to the US ends when its sender is not registered; null when it is.</summary>
    public DeliveryFault? Judge(Message message) =>
        E164.IsNanp(message.From) && E164.IsNanp(message.To) && !IsRegistered(message.From)
            ? new(MessageStatus.Undelivered, Unregistered)
            : null;

    /// <summary>Holds a number pending or registered, or leaves it to itself again.</summary>
    public void Switch(string phoneNumber, NumberRegistration registration) =>
        _switched[phoneNumber] = registration;

    public void Reset()
    {
        _switched.Clear();
        _current = RegistrationRules.Of(_options.Value);
    }
}

/// <summary>What holds for the registration at the moment; see <see cref="RegistrationOptions"/>.</summary>
internal sealed record RegistrationRules(
    string BrandStatus,
    string CampaignStatus,
    string Usecase,
    TimeSpan NumberDelay,
    bool IsRequired)
{
    /// <summary>The word for Messaging Services without a campaign.</summary>
    private const string NoCampaign = "NONE";

    /// <summary>Whether Messaging Services have a campaign.</summary>
    public bool HasCampaign => CampaignStatus != NoCampaign;

    public static RegistrationRules Of(RegistrationOptions options) => new(
        options.BrandStatus,
        options.CampaignStatus,
        options.Usecase,
        options.NumberDelay,
        options.IsRequired);
}
