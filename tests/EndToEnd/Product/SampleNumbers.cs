namespace PhoneMasking.EndToEnd.Product;

/// <summary>The sample data that the services add by themselves, as the simulator has to know it.</summary>
internal static class SampleNumbers
{
    public const string Ana = "+13035550111";

    public const string AnasReserved = "+13035550131";

    public const string Maria = "+13035550171";

    /// <summary>Who has a phone.</summary>
    public static IReadOnlyList<(string Name, string Number)> People { get; } =
    [
        ("Ana Alvarez", Ana),
        ("Ben Brooks", "+13035550112"),
        ("Cara Chen", "+13035550113"),
        ("Maria Lopez", Maria),
        ("Tom Baker", "+13035550172"),
        ("Jane Doe", "+17205550173"),
        ("Owner", ServiceSettings.VerificationPhone),
    ];

    /// <summary>The numbers of the account.</summary>
    public static IReadOnlyList<string> Ours { get; } =
    [
        AnasReserved, "+13035550132", "+13035550133", "+17205550134",
        "+13035550151", "+13035550152", "+13035550153", "+13035550154", "+13035550155", "+13035550156",
    ];

    /// <summary>The pool among <see cref="Ours"/>.</summary>
    public static IReadOnlyList<string> Pool { get; } = [.. Ours.Skip(4)];
}
