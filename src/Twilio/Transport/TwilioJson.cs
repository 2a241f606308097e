using System.Text.Json.Serialization;

using PhoneMasking.Twilio.Messages;
using PhoneMasking.Twilio.Numbers;

namespace PhoneMasking.Twilio.Transport;

/// <summary>
/// Twilio's JSON, read with generated code. Unknown properties are passed over; capabilities come as <c>SMS</c> as well
/// as <c>sms</c>.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNameCaseInsensitive = true,
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

    /// <summary>The items. A method, so that it is not taken for a property of the JSON.</summary>
    public abstract IReadOnlyList<TItem> ReadItems();
}

internal sealed record MessagePage : Page<TwilioMessage>
{
    public required IReadOnlyList<TwilioMessage> Messages { get; init; }

    public override IReadOnlyList<TwilioMessage> ReadItems() => Messages;
}

internal sealed record IncomingNumberPage : Page<IncomingNumber>
{
    public required IReadOnlyList<IncomingNumber> IncomingPhoneNumbers { get; init; }

    public override IReadOnlyList<IncomingNumber> ReadItems() => IncomingPhoneNumbers;
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
