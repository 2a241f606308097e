using System.Globalization;
using System.Security.Cryptography;
using PhoneMasking.EndToEnd.Product;
using PhoneMasking.Twilio.Signatures;

namespace PhoneMasking.EndToEnd.Driving;

/// <summary>A text on its way from a handset to the product: what Twilio posts about it.</summary>
/// <param name="Id">Is in the body, and so in what the receiver gets; tells texts apart at the end.</param>
/// <param name="From">The sender's number.</param>
/// <param name="To">Our number.</param>
/// <param name="Receiver">Who must get it.</param>
/// <param name="More">What the body holds beside the id.</param>
internal sealed record Webhook(string Id, string From, string To, string Receiver, string More = "")
{
    public const string Path = "/webhooks/twilio/messages";

    /// <summary>Twilio's id of it: the same at every delivery.</summary>
    public string Sid { get; } = "SM" + RandomNumberGenerator.GetHexString(32, lowercase: true);

    public string Body => $"{ProductOutput.BodyCanary} {Id} {More}".TrimEnd();

    /// <summary>The form, as Twilio sends it.</summary>
    public List<KeyValuePair<string, string>> Form() =>
    [
        new("ToCountry", "US"),
        new("SmsMessageSid", Sid),
        new("NumMedia", "0"),
        new("SmsSid", Sid),
        new("SmsStatus", "received"),
        new("Body", Body),
        new("To", To),
        new("NumSegments", "1"),
        new("MessageSid", Sid),
        new("AccountSid", ProductSystem.AccountSid),
        new("From", From),
        new("ApiVersion", "2010-04-01"),
    ];

    /// <summary>A signed request of it to one address, for example one instance.</summary>
    public HttpRequestMessage Request(ProductSystem product, Uri address) => Signed(product, address, Path, Form());

    /// <summary>A signed request with any form.</summary>
    public static HttpRequestMessage Signed(
        ProductSystem product, Uri address, string path, List<KeyValuePair<string, string>> form)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, path))
        {
            Content = new FormUrlEncodedContent(form),
        };
        request.Headers.Add(
            TwilioSignature.HeaderName,
            TwilioSignature.Compute(ProductSystem.AuthToken, new Uri(product.PublicUrl, path).ToString(), form));
        return request;
    }

    /// <summary>Texts of clients to sitters, going round both lists, with ids of one run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="count">How many.</param>
    /// <param name="crowd">Who texts whom: as many conversations as the crowd has clients.</param>
    /// <param name="more">What the bodies hold beside the id, by index.</param>
    public static IReadOnlyList<Webhook> Round(string run, int count, Crowd crowd, Func<int, string>? more = null) =>
        [.. Enumerable.Range(0, count).Select(index => Of(
            run,
            index,
            crowd.Sitters[index % crowd.Sitters.Count],
            crowd.Clients[index % crowd.Clients.Count],
            more?.Invoke(index) ?? string.Empty))];

    /// <summary>
    /// Texts of clients to sitters in as many conversations as there are pairs: a conversation has one text under way at a
    /// time, so few conversations are slow when Twilio is.
    /// </summary>
    public static IReadOnlyList<Webhook> Spread(string run, int count, Crowd crowd, int first = 0) =>
        [.. Enumerable.Range(first, count).Select(index => Of(
            run,
            index,
            crowd.Sitters[index / crowd.Clients.Count % crowd.Sitters.Count],
            crowd.Clients[index % crowd.Clients.Count]))];

    /// <summary>One text of a run.</summary>
    public static Webhook Of(string run, int index, Sitter sitter, Client client, string more = "") =>
        new(string.Create(CultureInfo.InvariantCulture, $"#{run}-{index:00000}#"), client.Real, sitter.Reserved, sitter.Real, more);
}
