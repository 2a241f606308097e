using System.Text.Json.Serialization;
using PhoneMasking.Simulator.Account;
using PhoneMasking.Simulator.Messages;
using PhoneMasking.Simulator.MessagingServices;
using PhoneMasking.Simulator.Numbers;
using PhoneMasking.Simulator.Proxy;
using PhoneMasking.Simulator.Registration;

namespace PhoneMasking.Simulator.Rest;

/// <summary>How Twilio's resources are written: snake_case names, nulls included.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TwilioErrorView))]
[JsonSerializable(typeof(MessageView))]
[JsonSerializable(typeof(MessageListView))]
[JsonSerializable(typeof(IncomingPhoneNumberView))]
[JsonSerializable(typeof(IncomingPhoneNumberListView))]
[JsonSerializable(typeof(AvailablePhoneNumberListView))]
[JsonSerializable(typeof(AccountView))]
[JsonSerializable(typeof(MessagingServiceView))]
[JsonSerializable(typeof(MessagingServiceListView))]
[JsonSerializable(typeof(MessagingServiceNumberView))]
[JsonSerializable(typeof(MessagingServiceNumberListView))]
[JsonSerializable(typeof(BrandView))]
[JsonSerializable(typeof(BrandListView))]
[JsonSerializable(typeof(CampaignView))]
[JsonSerializable(typeof(CampaignListView))]
[JsonSerializable(typeof(ProxyServiceView))]
[JsonSerializable(typeof(ProxyServiceListView))]
[JsonSerializable(typeof(ProxyNumberView))]
[JsonSerializable(typeof(ProxyNumberListView))]
internal sealed partial class TwilioJson : JsonSerializerContext;
