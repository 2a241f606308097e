using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Tests.World;

/// <summary>Numbers that belong to nobody (NANP 555-0100 to 555-0199), each given once.</summary>
internal static class FictionNumbers
{
    private const int FirstArea = 801;
    private static readonly Dictionary<int, int> Used = [];
    private static readonly Lock Gate = new();
    private static int _area = FirstArea;

    /// <summary>A number that nobody else gets.</summary>
    /// <param name="area">Its area code; any when not given.</param>
    public static E164Number Next(int? area = null)
    {
        lock (Gate)
        {
            var code = area ?? _area;
            var used = Used.GetValueOrDefault(code);
            if (used == 100 && area is null)
            {
                code = ++_area;
                used = 0;
            }

            Used[code] = used + 1;
            return E164Number.Parse($"+1{code}5550{100 + used}");
        }
    }
}
