using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;
using PhoneMasking.Twilio;
using PhoneMasking.Twilio.Numbers;

namespace PhoneMasking.NumberService.Buying;

/// <summary>Looks for numbers on sale, area by area: the one asked for, the configured ones, the state.</summary>
internal sealed class NumberSearch(ITwilioApi twilio, TwilioAccount account, IOptions<BuyingOptions> options)
{
    // Reference/twilio.md section 4: no such area code, and none in it.
    private const int InvalidAreaCode = 21451;
    private const int NoneInAreaCode = 21452;

    /// <summary>The offers of each area that has any, in order; the next area is asked only when the caller goes on.</summary>
    /// <param name="areaCode">The area code asked for, if any.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="TwilioApiException">Twilio could not be read.</exception>
    public async IAsyncEnumerable<IReadOnlyList<E164Number>> FindAsync(
        string? areaCode,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var search in Searches(areaCode))
        {
            var found = await SearchAsync(search, cancellationToken);
            if (found.Count > 0)
            {
                yield return found;
            }
        }
    }

    private IEnumerable<LocalNumberSearch> Searches(string? areaCode)
    {
        var any = new LocalNumberSearch { Country = options.Value.Country, SmsEnabled = true, VoiceEnabled = true };
        string[] asked = areaCode is null ? [] : [areaCode];
        foreach (var code in asked.Concat(options.Value.ReadAreaCodes()).Distinct())
        {
            yield return any with { AreaCode = int.Parse(code, CultureInfo.InvariantCulture) };
        }

        if (options.Value.Region.Length > 0)
        {
            yield return any with { Region = options.Value.Region };
        }
    }

    private async Task<IReadOnlyList<E164Number>> SearchAsync(
        LocalNumberSearch search,
        CancellationToken cancellationToken)
    {
        try
        {
            var offers = await twilio.SearchLocalNumbersAsync(account, search, cancellationToken);
            return
            [
                .. offers
                    .OrderByDescending(offer => offer.Capabilities?.Mms ?? false)
                    .Select(offer => E164Number.TryParse(offer.PhoneNumber, out var number) ? number : null)
                    .OfType<E164Number>(),
            ];
        }
        catch (TwilioApiException failure) when (failure.Code is InvalidAreaCode or NoneInAreaCode)
        {
            return [];
        }
    }
}
