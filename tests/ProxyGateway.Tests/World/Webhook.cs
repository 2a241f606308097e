using System.Globalization;
using PhoneMasking.Twilio.Signatures;

namespace PhoneMasking.ProxyGateway.Tests.World;

/// <summary>A webhook as Twilio posts it: signed over the public address.</summary>
internal sealed record Webhook(string Path, IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    public string Sid => Parameters.First(parameter => parameter.Key == "MessageSid").Value;

    public string Url => GatewayHost.PublicBaseUrl + Path;

    public static string NewSid() => $"SM{Guid.CreateVersion7():N}";

    public static Webhook OfText(string from, string to, string body, string? sid = null, params string[] media)
    {
        var parameters = new List<KeyValuePair<string, string>>
        {
            new("AccountSid", GatewayHost.AccountSid),
            new("ApiVersion", "2010-04-01"),
            new("Body", body),
            new("From", from),
            new("MessageSid", sid ?? NewSid()),
            new("NumMedia", media.Length.ToString(CultureInfo.InvariantCulture)),
            new("SmsStatus", "received"),
            new("To", to),
        };
        for (var index = 0; index < media.Length; index++)
        {
            parameters.Add(new($"MediaUrl{index}", media[index]));
        }

        return new Webhook("/webhooks/twilio/messages", parameters);
    }

    public static Webhook OfStatus(Uri callback, string sid, string status, int? errorCode = null) =>
        OfStatus(callback.PathAndQuery, sid, status, errorCode);

    public static Webhook OfStatus(string pathAndQuery, string sid, string status, int? errorCode = null)
    {
        var parameters = new List<KeyValuePair<string, string>>
        {
            new("AccountSid", GatewayHost.AccountSid),
            new("MessageSid", sid),
            new("MessageStatus", status),
        };
        if (errorCode is { } code)
        {
            parameters.Add(new("ErrorCode", code.ToString(CultureInfo.InvariantCulture)));
        }

        return new Webhook(pathAndQuery, parameters);
    }

    public HttpRequestMessage ToRequest(Uri gateway, string? signature = null) =>
        new(HttpMethod.Post, new Uri(gateway, Path))
        {
            Content = new FormUrlEncodedContent(Parameters),
            Headers =
            {
                { TwilioSignature.HeaderName, signature ?? TwilioSignature.Compute(GatewayHost.AuthToken, Url, Parameters) },
            },
        };
}
