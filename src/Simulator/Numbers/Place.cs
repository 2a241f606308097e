namespace PhoneMasking.Simulator.Numbers;

/// <summary>Where a number appears to be from. Twilio leaves the parts empty that it does not know.</summary>
internal sealed record Place(
    string AreaCode,
    string City,
    string State,
    string Zip,
    string Country,
    string Lata,
    double Latitude,
    double Longitude)
{
    private static readonly Place Unknown = new("", "", "", "", "", "", 0, 0);

    /// <summary>The places numbers are offered from: Colorado first, then a few others to search for.</summary>
    public static readonly IReadOnlyList<Place> All =
    [
        new("303", "Denver", "CO", "80202", "US", "656", 39.7392, -104.9847),
        new("720", "Denver", "CO", "80203", "US", "656", 39.7312, -104.9826),
        new("983", "Denver", "CO", "80204", "US", "656", 39.7351, -105.0246),
        new("719", "Colorado Springs", "CO", "80903", "US", "658", 38.8339, -104.8214),
        new("970", "Fort Collins", "CO", "80521", "US", "656", 40.5853, -105.0844),
        new("212", "New York", "NY", "10001", "US", "132", 40.7506, -73.9972),
        new("415", "San Francisco", "CA", "94102", "US", "722", 37.7793, -122.4193),
        new("512", "Austin", "TX", "78701", "US", "558", 30.2711, -97.7437),
        new("206", "Seattle", "WA", "98101", "US", "674", 47.6101, -122.3344),
        new("305", "Miami", "FL", "33101", "US", "460", 25.7743, -80.1937),
    ];

    private static readonly Dictionary<string, Place> ByAreaCode = All.ToDictionary(place => place.AreaCode);

    /// <summary>The place of a number; empty parts when it is not one of <see cref="All"/>.</summary>
    public static Place Of(string number)
    {
        if (!E164.IsNanp(number) || number.Length < 5)
        {
            return Unknown;
        }

        return ByAreaCode.TryGetValue(number[2..5], out var place) ? place : Unknown with { Country = "US" };
    }
}
