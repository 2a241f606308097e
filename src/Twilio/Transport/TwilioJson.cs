using System.Text.Json.Serialization;

using PhoneMasking.Twilio.Accounts;
using PhoneMasking.Twilio.Messages;
using PhoneMasking.Twilio.MessagingServices;
using PhoneMasking.Twilio.Numbers;
using PhoneMasking.Twilio.Proxy;
using PhoneMasking.Twilio.Registration;

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
[JsonSerializable(typeof(AccountDetails))]
[JsonSerializable(typeof(MessagingService))]
[JsonSerializable(typeof(MessagingServicePage))]
[JsonSerializable(typeof(MessagingServiceNumber))]
[JsonSerializable(typeof(MessagingServiceNumberPage))]
[JsonSerializable(typeof(BrandRegistration))]
[JsonSerializable(typeof(BrandRegistrationPage))]
[JsonSerializable(typeof(Campaign))]
[JsonSerializable(typeof(CampaignPage))]
[JsonSerializable(typeof(ProxyService))]
[JsonSerializable(typeof(ProxyServicePage))]
[JsonSerializable(typeof(ProxyNumber))]
[JsonSerializable(typeof(ProxyNumberPage))]
[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class TwilioJson : JsonSerializerContext;

internal sealed record MessagePage : AccountPage<TwilioMessage>
{
    public required IReadOnlyList<TwilioMessage> Messages { get; init; }

    public override IReadOnlyList<TwilioMessage> ReadItems() => Messages;
}

internal sealed record IncomingNumberPage : AccountPage<IncomingNumber>
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
