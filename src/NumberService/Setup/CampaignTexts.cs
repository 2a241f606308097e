namespace PhoneMasking.NumberService.Setup;

/// <summary>
/// What to write into the form of an A2P campaign: Twilio wants a description and a message flow of 40 to 4,096 characters,
/// and 2 to 5 sample messages of 20 to 1,024 (reference/twilio.md 2.8).
/// </summary>
/// <param name="business">The business's name, at most 60 characters.</param>
internal sealed class CampaignTexts(string business)
{
    /// <summary>What the campaign is for. Twilio has a use case made for this; MIXED where it is not offered.</summary>
    public static string UseCase =>
        "PROXY (\"peer-to-peer app-based group messaging with proxy/pooled numbers\"); choose MIXED where it is not offered";

    public string Description =>
        $"{business} sends staff to customers' homes. A customer and the staff member who looks after them text about "
        + "appointments, arrival, access and questions of the day through numbers of this account, so that neither sees the "
        + "other's private number. Every message is written by a person to one other person; there is no advertising.";

    public string MessageFlow =>
        $"Customers agree when they book with {business}: in the booking form or the service agreement they give their "
        + "mobile number and tick that they want texts about their appointments, with frequency, possible costs, and the words "
        + "STOP and HELP named beside the box. Staff agree in their work agreement. A customer can also begin by texting the "
        + "number they were given. STOP ends the texts at once, START brings them back, HELP explains.";

    /// <summary>Samples as people see them: prefixed for staff, plain for customers.</summary>
    public IReadOnlyList<string> Samples =>
    [
        "[Maria Lopez]: Hi! Could you come half an hour earlier tomorrow? The key is in the box.",
        $"Hi Maria, this is Ana from {business}. I am on my way and will be there at about 2:15 PM.",
        "All done for today: fed, walked and the plants are watered. See you tomorrow! Reply STOP to end these texts.",
    ];

    public string OptInMessage =>
        $"{business}: you will get texts about your appointments. Message and data rates may apply. Reply HELP for help, STOP to end.";

    public static string HasEmbeddedLinks => "no";

    public static string HasEmbeddedPhone => "no";

    /// <summary>Each field of the form with its text.</summary>
    public IEnumerable<(string Field, string Text)> Fields =>
    [
        ("Use case", UseCase),
        ("Description", Description),
        ("Message flow", MessageFlow),
        .. Samples.Index().Select(sample => ($"Sample message {sample.Index + 1}", sample.Item)),
        ("Opt-in message", OptInMessage),
        ("Embedded links", HasEmbeddedLinks),
        ("Embedded phone numbers", HasEmbeddedPhone),
    ];
}
