using System.Globalization;

namespace PhoneMasking.EndToEnd.Product;

/// <summary>Hands out numbers of the range that the North American plan keeps for fiction: 555-0100 to 555-0199.</summary>
internal static class FictionNumbers
{
    private const int LinesOfAnArea = 100;

    // Without those of the sample data, service codes (N11) and codes kept for expansion (N9X).
    private static readonly int[] Areas =
        [.. Enumerable.Range(201, 788).Where(code => code is not (303 or 720) && code / 10 % 10 != 9 && code % 100 != 11)];

    private static int _given = -1;

    /// <summary>A number that nobody had before.</summary>
    public static string Next()
    {
        var index = Interlocked.Increment(ref _given);
        return string.Create(
            CultureInfo.InvariantCulture, $"+1{Areas[index / LinesOfAnArea]}5550{100 + (index % LinesOfAnArea)}");
    }

    /// <summary>Numbers that nobody had before.</summary>
    public static IReadOnlyList<string> Next(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];
}
