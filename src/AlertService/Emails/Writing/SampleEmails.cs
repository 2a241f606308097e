using PhoneMasking.Contracts;

namespace PhoneMasking.AlertService.Emails.Writing;

/// <summary>
/// One e-mail of each template with made-up data: for previews, and to check at start that every placeholder has a value.
/// </summary>
internal static class SampleEmails
{
    /// <summary>A console's address, for the link.</summary>
    public const string ConsoleUrl = "https://console.example.com/";

    private const string Sitter = "Ana Alvarez";

    private static readonly DateTimeOffset At = new(2026, 1, 15, 17, 0, 0, TimeSpan.Zero);
    private static readonly E164Number Reserved = E164Number.Parse("+13035550131");
    private static readonly E164Number Pool = E164Number.Parse("+13035550151");

    /// <summary>When each template is sent, in the order of a list.</summary>
    private static readonly (OwnerEmail Email, string Title)[] Samples =
    [
        (new SitterAddedEmail(Sitter, Reserved, At), "A new sitter got a standby number"),
        (new NumberOrderedEmail(Sitter, At), "A number was ordered for a new sitter"),
        (new NumberReadyEmail(Sitter, Reserved, At), "The number ordered for a sitter is ready"),
        (new SitterRemovedEmail(Sitter, Reserved, At), "A sitter was removed"),
        (new NumberFailedEmail(Sitter, Reserved, "verify", "test-text-undelivered", 30008, At), "A number failed"),
        (new PoolNumberBoughtEmail(Pool, At), "A pool number was bought"),
        (new PoolExhaustedEmail(Sitter, At), "No pool number is free for a sitter"),
        (new SitterUnreachableEmail(
            Sitter, 30005, "unknown or inactive handset", "Call the sitter: the phone is off, without signal, or its number is no longer in use.", At),
            "A sitter's phone cannot be reached"),
        (new AccountBlockedEmail(
            30033, "campaign suspended", "Open the A2P campaign in Twilio's console: it is suspended. Correct what is named there and ask for its review.", Reserved, At),
            "The account cannot send"),
        (Systemic(), "Many texts failed"),
        (new DeadLettersEmail(12, At, [new("sync-service.add-client", "fault", 11), new("alert-service.audit", "delivery-limit", 1)]),
            "Messages inside the product could not be processed"),
    ];

    /// <summary>One e-mail of each template.</summary>
    public static IEnumerable<OwnerEmail> All => Samples.Select(sample => sample.Email);

    /// <summary>The sample of a template.</summary>
    /// <param name="template">The template's name.</param>
    /// <returns>None when there is no such template.</returns>
    public static OwnerEmail? Find(string template) => All.FirstOrDefault(email => email.Template == template);

    /// <summary>When a template is sent, in words.</summary>
    public static string TitleOf(OwnerEmail email) => Samples.First(sample => sample.Email.Template == email.Template).Title;

    private static SystemicFailuresEmail Systemic() => new(
        Total: 6,
        Window: TimeSpan.FromHours(24),
        First: At.AddHours(-5),
        Last: At,
        [new(30007, "Filtered by the carrier", 4), new(30003, "Phone unreachable", 2)],
        [new(Pool, 5), new(Reserved, 1)],
        [new(Sitter, 4), new("Ben Brooks", 2)],
        [
            "Is the A2P campaign still approved? Twilio's console shows its state.",
            "Did the wording of texts change? Carriers filter links and capital letters.",
        ]);
}
