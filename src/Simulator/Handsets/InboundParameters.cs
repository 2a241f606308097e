using System.Globalization;
using PhoneMasking.Simulator.Messages;
using PhoneMasking.Simulator.Numbers;

namespace PhoneMasking.Simulator.Handsets;

/// <summary>The parameters of an inbound message webhook. Source: Twilio's "webhook request" guide.</summary>
internal static class InboundParameters
{
    private const string Picture = "image/jpeg";

    public static IReadOnlyList<KeyValuePair<string, string>> Of(Message message, string accountSid)
    {
        List<KeyValuePair<string, string>> parameters =
        [
            new("ToCountry", Place.Of(message.To).Country),
            new("ToState", Place.Of(message.To).State),
            new("SmsMessageSid", message.Sid),
            new("NumMedia", message.Media.Count.ToString(CultureInfo.InvariantCulture)),
            new("ToCity", Place.Of(message.To).City),
            new("FromZip", Place.Of(message.From).Zip),
            new("SmsSid", message.Sid),
            new("FromState", Place.Of(message.From).State),
            new("SmsStatus", message.State.Status.Wire()),
            new("FromCity", Place.Of(message.From).City),
            new("Body", message.Body),
            new("FromCountry", Place.Of(message.From).Country),
            new("To", message.To),
            new("ToZip", Place.Of(message.To).Zip),
            new("NumSegments", Segments.Count(message.Body).ToString(CultureInfo.InvariantCulture)),
            new("MessageSid", message.Sid),
            new("AccountSid", accountSid),
            new("From", message.From),
            new("ApiVersion", MessageView.Version),
        ];

        if (message.MessagingServiceSid is { } service)
        {
            parameters.Add(new("MessagingServiceSid", service));
        }

        for (var index = 0; index < message.Media.Count; index++)
        {
            parameters.Add(new($"MediaContentType{index}", TypeOf(message.Media[index])));
            parameters.Add(new($"MediaUrl{index}", message.Media[index]));
        }

        return parameters;
    }

    private static string TypeOf(string url) => Path.GetExtension(url).ToLowerInvariant() switch
    {
        ".png" => "image/png",
        ".gif" => "image/gif",
        ".webp" => "image/webp",
        ".pdf" => "application/pdf",
        ".mp4" => "video/mp4",
        _ => Picture,
    };
}
