using System.Globalization;
using Microsoft.Extensions.Options;
using PhoneMasking.NumberService.Buying;
using PhoneMasking.Twilio;
using PhoneMasking.Twilio.Numbers;

namespace PhoneMasking.NumberService.Setup;

/// <summary>Looks how many numbers are on sale where they would be bought.</summary>
internal sealed class SetupStock(ITwilioApi twilio, TwilioAccount account, IOptions<BuyingOptions> buying)
{
    private const int PageSize = 50;

    /// <summary>Each area in the order in which it is searched, with what is on sale there.</summary>
    /// <exception cref="TwilioApiException">Twilio gave no usable answer.</exception>
    public async Task<IReadOnlyList<string>> DescribeAsync(CancellationToken cancellationToken)
    {
        var areas = new List<string>();
        var any = new LocalNumberSearch
        {
            Country = buying.Value.Country,
            SmsEnabled = true,
            VoiceEnabled = true,
            PageSize = PageSize,
        };
        foreach (var code in buying.Value.ReadAreaCodes())
        {
            var search = any with { AreaCode = int.Parse(code, CultureInfo.InvariantCulture) };
            areas.Add($"area code {code} ({await CountAsync(search, cancellationToken)} on sale)");
        }

        if (buying.Value.Region.Length > 0)
        {
            areas.Add($"anywhere in {buying.Value.Region}");
        }

        return areas;
    }

    private async Task<string> CountAsync(LocalNumberSearch search, CancellationToken cancellationToken)
    {
        try
        {
            var offers = await twilio.SearchLocalNumbersAsync(account, search, cancellationToken);
            return offers.Count < PageSize
                ? offers.Count.ToString(CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"{PageSize} or more");
        }
        catch (TwilioApiException failure) when (!failure.IsTransient)
        {
            return "none";
        }
    }
}
