using System.Globalization;

namespace PhoneMasking.EndToEnd.Driving;

/// <summary>
/// How much is driven: little by default, so that the whole suite stays short; with <c>PHONEMASKING_TEST_ALL=1</c> as much
/// and as often as a release demands: 3,200 texts at 200 a second, three times, and what breaks breaks in seconds 4 to 7.
/// </summary>
internal static class Load
{
    private const int FullTexts = 3200;
    private const int FullRuns = 3;
    private const double FullRate = 200;
    private const string AllVariable = "PHONEMASKING_TEST_ALL";
    private const string ScaleVariable = "PHONEMASKING_TEST_SCALE";
    private const string SeedVariable = "PHONEMASKING_TEST_SEED";

    /// <summary>Whether everything runs in its full length.</summary>
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable(AllVariable) == "1";

    /// <summary>Multiplies the loads, for a soak; 1 by default.</summary>
    public static int Scale { get; } = Read(ScaleVariable) ?? 1;

    /// <summary>The seed of an earlier run that is to be repeated, or none.</summary>
    public static int? Seed { get; } = Read(SeedVariable);

    /// <summary>The runs of a scenario, each with moments of its own.</summary>
    public static TheoryData<int> Runs => [.. Enumerable.Range(1, IsFull ? FullRuns : 1)];

    /// <summary>How many texts to drive.</summary>
    /// <param name="brief">How many by default.</param>
    public static int Texts(int brief) => (IsFull ? FullTexts : brief) * Scale;

    /// <summary>How many texts a second, whatever the answers.</summary>
    /// <param name="brief">How many by default.</param>
    public static double PerSecond(double brief) => IsFull ? FullRate : brief;

    /// <summary>How long something lasts.</summary>
    /// <param name="brief">By default.</param>
    /// <param name="full">As a release demands.</param>
    public static TimeSpan Lasting(TimeSpan brief, TimeSpan full) => IsFull ? full : brief;

    private static int? Read(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var value) ? value : null;
}
