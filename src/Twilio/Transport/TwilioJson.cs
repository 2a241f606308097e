using System.Text.Json.Serialization;

using PhoneMasking.Twilio.Messages;
using PhoneMasking.Twilio.Numbers;

namespace PhoneMasking.Twilio.Transport;

/// <summary>Twilio's JSON, read with generated code. Unknown properties are passed over.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TwilioMessage))]
[JsonSerializable(typeof(MessagePage))]
[JsonSerializable(typeof(IncomingNumber))]
[JsonSerializable(typeof(IncomingNumberPage))]
[JsonSerializable(typeof(AvailableNumberPage))]
[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class TwilioJson : JsonSerializerContext;

/// <summary>One page of a list, and where the next one is.</summary>
internal abstract record Page<TItem>
{
    public string? NextPageUri { get; init; }

    [JsonIgnore]
    public abstract IReadOnlyList<TItem> Items { get; }
}

internal sealed record MessagePage : Page<TwilioMessage>
{
    public required IReadOnlyList<TwilioMessage> Messages { get; init; }

    [JsonIgnore]
    public override IReadOnlyList<TwilioMessage> Items => Messages;
}

internal sealed record IncomingNumberPage : Page<IncomingNumber>
{
    public required IReadOnlyList<IncomingNumber> IncomingPhoneNumbers { get; init; }

    [JsonIgnore]
    public override IReadOnlyList<IncomingNumber> Items => IncomingPhoneNumbers;
}

internal sealed record AvailableNumberPage
{
    public required IReadOnlyList<AvailableNumber> AvailablePhoneNumbers { get; init; }
}

/// <summary>The body of a refusal.</summary>
internal sealed record ErrorBody
{
    public int? Code { get; init; }

    public string? Message { get; init; }

    public string? MoreInfo { get; init; }
}
