/// <summary>The people and numbers that the simulator begins with: the same that the services add as sample data.</summary>
internal static class SampleData
{
    /// <summary>The simulator's account. Not a real one.</summary>
    public const string AccountSid = "AC00000000000000000000000000000001";

    /// <summary>The simulator's token. Protects nothing but the simulator on loopback.</summary>
    public const string AuthToken = "simulator-auth-token";

    /// <summary>A key to the public API of the sample installation. Opens nothing else.</summary>
    public const string ApiKey = "pmk_DevelopmentKeyDevelopmentKeyDevelopmentKey";

    /// <summary>The owner's phone: it gets the test texts of new numbers.</summary>
    public const string OwnerPhone = "+13035550179";

    /// <summary>The key to the simulator's mailbox. Protects nothing but that.</summary>
    private const string MailApiKey = "simulator-mail-key";

    /// <summary>Where the gateway listens.</summary>
    public static string GatewayAddress => $"http://127.0.0.1:{Ports.Gateway}";

    /// <summary>Where the simulator listens.</summary>
    public static string SimulatorAddress => $"http://127.0.0.1:{Ports.Simulator}";

    /// <summary>Where the simulator brings texts to the account's numbers, with Twilio's retry parameters.</summary>
    public static string SmsUrl => $"{GatewayAddress}/webhooks/twilio/messages#rc=5&rp=all";

    // Where the console listens.
    private static string ConsoleAddress => $"http://127.0.0.1:{Ports.Console}";

    // A client and a sitter come first: theirs are the phones that the page begins with.
    private static readonly (string Name, string Number)[] People =
    [
        ("Maria Lopez", "+13035550171"),
        ("Ana Alvarez", "+13035550111"),
        ("Tom Baker", "+13035550172"),
        ("Ben Brooks", "+13035550112"),
        ("Jane Doe", "+17205550173"),
        ("Cara Chen", "+13035550113"),
        ("Owner", OwnerPhone),
    ];

    private static readonly (string Name, string Number)[] Numbers =
    [
        ("Ana's reserved number", "+13035550131"),
        ("Ben's reserved number", "+13035550132"),
        ("Cara's reserved number", "+13035550133"),
        ("Standby", "+17205550134"),
        ("Pool 1", "+13035550151"),
        ("Pool 2", "+13035550152"),
        ("Pool 3", "+13035550153"),
        ("Pool 4", "+13035550154"),
        ("Pool 5", "+13035550155"),
        ("Pool 6", "+13035550156"),
    ];

    /// <summary>Gives the simulator its account, its people and the account's numbers.</summary>
    public static IResourceBuilder<ProjectResource> WithSampleData(this IResourceBuilder<ProjectResource> simulator)
    {
        simulator
            .WithEnvironment("Simulator__AccountSid", AccountSid)
            .WithEnvironment("Simulator__AuthToken", AuthToken)
            .WithEnvironment("Simulator__Mail__ApiKey", MailApiKey);
        foreach (var (index, (name, number)) in People.Index())
        {
            simulator
                .WithEnvironment($"Simulator__People__{index}__Name", name)
                .WithEnvironment($"Simulator__People__{index}__Number", number);
        }

        foreach (var (index, (name, number)) in Numbers.Index())
        {
            simulator
                .WithEnvironment($"Simulator__Numbers__{index}__FriendlyName", name)
                .WithEnvironment($"Simulator__Numbers__{index}__Number", number);
        }

        return simulator;
    }

    /// <summary>Lets e-mails to the owner land in the simulator's mailbox.</summary>
    public static void WithSampleMail(this IResourceBuilder<ProjectResource> alerts) => alerts
        .WithEnvironment("Email__Sender", "Https")
        .WithEnvironment("Email__Owner", "owner@example.com")
        .WithEnvironment("Email__From", "PhoneMasking <phonemasking@example.com>")
        .WithEnvironment("Email__ConsoleUrl", ConsoleAddress)
        .WithEnvironment("Email__Https__BaseUrl", SimulatorAddress)
        .WithEnvironment("Email__Https__ApiKey", MailApiKey);
}
