using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace PhoneMasking.Twilio.Transport;

/// <summary>An answer of Twilio, read whole.</summary>
internal readonly record struct Answer(HttpStatusCode Status, byte[] Body, TimeSpan? RetryAfter)
{
    public bool IsSuccess => (int)Status is >= 200 and <= 299;

    /// <summary>Reads the resource; null when the body does not hold one.</summary>
    public TResource? Read<TResource>(JsonTypeInfo<TResource> type)
        where TResource : class
    {
        try
        {
            return JsonSerializer.Deserialize(Body, type);
        }
        catch (JsonException)
        {
            // Neither kept nor passed on: its text can quote the body.
            return null;
        }
    }

    public TwilioError ReadError()
    {
        var body = Read(TwilioJson.Default.ErrorBody);
        return new TwilioError((int)Status, body?.Code, body?.Message, body?.MoreInfo);
    }
}
