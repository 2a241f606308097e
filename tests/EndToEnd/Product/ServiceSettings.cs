namespace PhoneMasking.EndToEnd.Product;

/// <summary>
/// What the services are told besides where the others are: times that are shorter than in production, so that tests need
/// not wait, but in the same relation to each other.
/// </summary>
internal static class ServiceSettings
{
    /// <summary>Opens the public API, with every scope; in no output of any process.</summary>
    public const string DevelopmentKey = "pmk_CanaryKeyCanaryKeyCanaryKeyCanaryKeyCanary";

    /// <summary>The phone that gets the test text of each new number.</summary>
    public const string VerificationPhone = "+17205550199";

    /// <summary>Gets the e-mails; in no output of any process.</summary>
    public const string OwnerAddress = "owner@example.com";

    /// <summary>How long a number belongs to the instance that works on it.</summary>
    public static readonly TimeSpan NumberLease = TimeSpan.FromSeconds(9);

    /// <summary>How long after a temporary failure a text is sent once more.</summary>
    public static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    /// <summary>How long after an attempt whose outcome is open Twilio is asked.</summary>
    public static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(4);

    public static (string Name, string Value)[] Gateway { get; } =
    [
        ("ApiKeys__DevelopmentKey", DevelopmentKey),
        ("Routing__NewsPatience", "00:00:01"),
        ("TwilioApi__RequestTimeout", "00:00:03"),

        // On two busy cores the simulator may accept seconds after its caller has given up.
        ("Sending__Lease", "00:00:10"),
        ("Sending__SettleTime", $"{SettleTime}"),
        ("Sending__RetryDelay", "00:00:00.300"),
        ("Sending__MaxRetryDelay", "00:00:03"),
        ("Sending__BreakDuration", "00:00:01"),
    ];

    public static (string Name, string Value)[] NumberService { get; } =
    [
        ("TwilioApi__RequestTimeout", "00:00:03"),
        ("Numbers__VerificationPhone", VerificationPhone),
        ("Numbers__VerificationPollInterval", "00:00:00.250"),
        ("Numbers__Lease", $"{NumberLease}"),
        ("Numbers__PollInterval", "00:00:00.250"),
        ("Numbers__SettleTime", "00:00:01"),
        ("Numbers__RetryDelay", "00:00:00.300"),
        ("Numbers__MaxRetryDelay", "00:00:03"),
        ("Numbers__RegistrationRetryDelay", "00:00:01"),
        ("Numbers__Budget__PerDay", "1000"),
        ("Numbers__Budget__Total", "10000"),
        ("Monitors__PollInterval", "00:00:01"),
    ];

    /// <summary>The simulator takes the e-mails, too.</summary>
    public static (string Name, string Value)[] AlertService(string simulator) =>
    [
        ("Email__Sender", "Https"),
        ("Email__Owner", OwnerAddress),
        ("Email__From", "PhoneMasking <texts@example.com>"),
        ("Email__Https__BaseUrl", simulator),
        ("Email__Https__ApiKey", "simulator-mail-key"),
        ("Email__PollInterval", "00:00:01"),
        ("Email__RetryDelay", "00:00:01"),
        ("Failures__RetryDelay", $"{RetryDelay}"),
        ("Failures__PollInterval", "00:00:00.250"),
    ];
}
