using System.Text.Json;
using System.Text.Json.Serialization;

namespace PhoneMasking.Twilio.Registration;

/// <summary>How fast a campaign may text, as far as the carriers have said.</summary>
/// <param name="AttMessagesPerSecond">AT&amp;T: messages of the whole campaign per second.</param>
/// <param name="AttMessageClass">AT&amp;T: the class, <c>A</c> to <c>X</c>, from which the rate follows.</param>
/// <param name="TMobileBrandTier">T-Mobile: the tier (<c>LOW</c> … <c>TOP</c>) that limits the day.</param>
public sealed record CampaignRateLimits(int? AttMessagesPerSecond, string? AttMessageClass, string? TMobileBrandTier);

/// <summary>
/// Reads what Twilio's description leaves without a type, by the example
/// <c>{"att":{"mps":600,"msg_class":"A"},"tmobile":{"brand_tier":"TOP"}}</c>. What is otherwise reads as absent.
/// </summary>
internal sealed class CampaignRateLimitsConverter : JsonConverter<CampaignRateLimits?>
{
    public override CampaignRateLimits? Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options)
    {
        var limits = JsonElement.ParseValue(ref reader);
        var att = limits.Member("att");
        var tMobile = limits.Member("tmobile");
        return limits.ValueKind == JsonValueKind.Object
            ? new(att.Member("mps").Whole(), att.Member("msg_class").Text(), tMobile.Member("brand_tier").Text())
            : null;
    }

    public override void Write(Utf8JsonWriter writer, CampaignRateLimits? value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Rate limits are only read.");
}
