using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.Numbers;

/// <summary>Twilio's search for local numbers on sale.</summary>
internal static class AvailablePhoneNumberEndpoints
{
    private const int ShortestPattern = 2;
    private const int LongestPattern = 16;

    public static void MapAvailablePhoneNumbers(this IEndpointRouteBuilder account) =>
        account.MapGet("/AvailablePhoneNumbers/{country}/Local.json", Search).WithOperation(RestOperation.Search);

    private static Results<JsonHttpResult<AvailablePhoneNumberListView>, TwilioError> Search(
        string country,
        HttpRequest request,
        AvailableNumbers available)
    {
        if (country is not ("US" or "GB"))
        {
            return TwilioError.NotFound(request.Path);
        }

        var areaCode = request.Query["AreaCode"].ToString();
        if (areaCode.Length > 0 && !AvailableNumbers.IsAreaCode(areaCode))
        {
            return TwilioError.InvalidAreaCode;
        }

        var contains = request.Query["Contains"].ToString();
        if (contains.Length > 0 && contains.Length is < ShortestPattern or > LongestPattern)
        {
            return TwilioError.InvalidParameter("Contains must have 2 to 16 characters");
        }

        var region = request.Query["InRegion"].ToString();
        var pattern = Pattern(contains);
        var numbers = !WantsWhatAllCan(request.Query)
            ? []
            : country == "GB"
                ? available.British()
                : AreaCodes(areaCode, region).SelectMany(available.InAreaCode);
        var views = numbers
            .Where(number => pattern.IsMatch(number))
            .Take(PageRequest.Of(request.Query).Size)
            .Select(number => AvailablePhoneNumberView.Of(number, country));
        return TypedResults.Json(
            new AvailablePhoneNumberListView([.. views], request.Path.ToString()),
            TwilioJson.Default.AvailablePhoneNumberListView);
    }

    /// <summary>All on sale can text, send pictures and call, and none can fax.</summary>
    private static bool WantsWhatAllCan(IQueryCollection query) =>
        query["SmsEnabled"] != "false"
        && query["MmsEnabled"] != "false"
        && query["VoiceEnabled"] != "false"
        && query["FaxEnabled"] != "true";

    private static IEnumerable<string> AreaCodes(string areaCode, string region) => areaCode.Length > 0
        ? [areaCode]
        : Place.All.Where(place => region.Length == 0 || place.State == region).Select(place => place.AreaCode);

    /// <summary>Twilio's pattern: digits, and an asterisk for any one digit, anywhere in the number.</summary>
    private static Regex Pattern(string contains) => new(
        Regex.Escape(contains).Replace(@"\*", "[0-9]", StringComparison.Ordinal),
        RegexOptions.NonBacktracking);
}

/// <summary>The numbers found. Twilio gives this list no pages.</summary>
internal sealed record AvailablePhoneNumberListView(
    IReadOnlyList<AvailablePhoneNumberView> AvailablePhoneNumbers,
    string Uri);

/// <summary>A number on sale as Twilio writes it (…available_phone_number_local).</summary>
internal sealed record AvailablePhoneNumberView(
    string FriendlyName,
    string PhoneNumber,
    string? Lata,
    string? Locality,
    string? RateCenter,
    double? Latitude,
    double? Longitude,
    string? Region,
    string? PostalCode,
    string IsoCountry,
    string AddressRequirements,
    bool Beta,
    CapabilitiesView Capabilities)
{
    public static AvailablePhoneNumberView Of(string number, string country)
    {
        var place = Place.Of(number);
        var known = place.City.Length > 0 ? place : null;
        return new(
            E164.Friendly(number),
            number,
            known?.Lata,
            known?.City,
            known?.City.ToUpperInvariant(),
            known?.Latitude,
            known?.Longitude,
            known?.State,
            known?.Zip,
            country,
            AddressRequirements: "none",
            Beta: false,
            CapabilitiesView.All);
    }
}
