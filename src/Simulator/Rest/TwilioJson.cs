using System.Text.Json.Serialization;
using PhoneMasking.Simulator.Messages;
using PhoneMasking.Simulator.Numbers;

namespace PhoneMasking.Simulator.Rest;

/// <summary>How Twilio's resources are written: snake_case names, nulls included.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TwilioErrorView))]
[JsonSerializable(typeof(MessageView))]
[JsonSerializable(typeof(MessageListView))]
[JsonSerializable(typeof(IncomingPhoneNumberView))]
[JsonSerializable(typeof(IncomingPhoneNumberListView))]
[JsonSerializable(typeof(AvailablePhoneNumberListView))]
internal sealed partial class TwilioJson : JsonSerializerContext;
