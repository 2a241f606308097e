using PhoneMasking.Simulator.Messages;
using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.Numbers;

/// <summary>A number of the account as Twilio writes it (api.v2010.account.incoming_phone_number).</summary>
internal sealed record IncomingPhoneNumberView(
    string AccountSid,
    string? AddressSid,
    string AddressRequirements,
    string ApiVersion,
    bool Beta,
    CapabilitiesView Capabilities,
    string DateCreated,
    string DateUpdated,
    string FriendlyName,
    string? IdentitySid,
    string PhoneNumber,
    string Origin,
    string Sid,
    string? SmsApplicationSid,
    string SmsFallbackMethod,
    string SmsFallbackUrl,
    string SmsMethod,
    string SmsUrl,
    string StatusCallback,
    string StatusCallbackMethod,
    string? TrunkSid,
    string Uri,
    string VoiceReceiveMode,
    string? VoiceApplicationSid,
    bool VoiceCallerIdLookup,
    string VoiceFallbackMethod,
    string VoiceFallbackUrl,
    string VoiceMethod,
    string VoiceUrl,
    string EmergencyStatus,
    string? EmergencyAddressSid,
    string EmergencyAddressStatus,
    string? BundleSid,
    string Status,
    string Type)
{
    public static IncomingPhoneNumberView Of(OwnNumber number, string accountSid) => new(
        accountSid,
        AddressSid: null,
        AddressRequirements: "none",
        MessageView.Version,
        Beta: false,
        CapabilitiesView.All with { Sms = number.CanText, Mms = number.CanText },
        TwilioDate.Write(number.Created),
        TwilioDate.Write(number.Updated),
        number.FriendlyName,
        IdentitySid: null,
        number.PhoneNumber,
        Origin: "twilio",
        number.Sid,
        SmsApplicationSid: null,
        number.SmsFallbackMethod,
        number.SmsFallbackUrl,
        number.SmsMethod,
        number.SmsUrl,
        number.StatusCallback,
        number.StatusCallbackMethod,
        TrunkSid: null,
        $"/{MessageView.Version}/Accounts/{accountSid}/IncomingPhoneNumbers/{number.Sid}.json",
        VoiceReceiveMode: "voice",
        VoiceApplicationSid: null,
        VoiceCallerIdLookup: false,
        number.VoiceFallbackMethod,
        number.VoiceFallbackUrl,
        number.VoiceMethod,
        number.VoiceUrl,
        EmergencyStatus: "Inactive",
        EmergencyAddressSid: null,
        EmergencyAddressStatus: "unregistered",
        BundleSid: null,
        Status: "in-use",
        Type: "local");
}

/// <summary>What a number can do. All on sale here can do all but fax.</summary>
internal sealed record CapabilitiesView(bool Voice, bool Sms, bool Mms, bool Fax)
{
    public static CapabilitiesView All { get; } = new(Voice: true, Sms: true, Mms: true, Fax: false);
}

/// <summary>A page of the account's numbers.</summary>
internal sealed record IncomingPhoneNumberListView(
    int End,
    string FirstPageUri,
    IReadOnlyList<IncomingPhoneNumberView> IncomingPhoneNumbers,
    string? NextPageUri,
    int Page,
    int PageSize,
    string? PreviousPageUri,
    int Start,
    string Uri)
{
    public static IncomingPhoneNumberListView Of(
        IReadOnlyList<IncomingPhoneNumberView> numbers,
        PageLinks links) => new(
        links.End,
        links.FirstPageUri,
        numbers,
        links.NextPageUri,
        links.Page,
        links.PageSize,
        links.PreviousPageUri,
        links.Start,
        links.Uri);
}
