using System.Globalization;

using PhoneMasking.Twilio.Messages;
using PhoneMasking.Twilio.Numbers;

namespace PhoneMasking.Twilio.Transport;

/// <summary>Twilio's names for what requests carry. Held against its OpenAPI description by a test.</summary>
internal static class Forms
{
    private const string UtcSeconds = "yyyy-MM-ddTHH:mm:ssZ";

    public static FormWriter Of(SendRequest request)
    {
        var form = new FormWriter();
        form.Add("To", request.To);
        form.Add("From", request.From);
        form.Add("MessagingServiceSid", request.MessagingServiceSid);
        form.Add("Body", request.Body);
        foreach (var mediaUrl in request.MediaUrls)
        {
            form.Add("MediaUrl", mediaUrl);
        }

        form.Add("StatusCallback", request.StatusCallback);
        form.Add("ValidityPeriod", (int?)request.ValidityPeriod?.TotalSeconds);
        form.Add("SmartEncoded", request.SmartEncoded);
        return form;
    }

    public static FormWriter Of(MessageQuery query)
    {
        var form = new FormWriter();
        form.Add("To", query.To);
        form.Add("From", query.From);

        // "DateSent>" with "=" reads DateSent>=…: on or after.
        form.Add("DateSent>", query.SentOnOrAfter?.UtcDateTime.ToString(UtcSeconds, CultureInfo.InvariantCulture));
        form.Add("PageSize", query.PageSize);
        return form;
    }

    public static FormWriter Of(LocalNumberSearch search)
    {
        var form = new FormWriter();
        form.Add("AreaCode", search.AreaCode);
        form.Add("InRegion", search.Region);
        form.Add("Contains", search.Contains);
        form.Add("SmsEnabled", search.SmsEnabled);
        form.Add("MmsEnabled", search.MmsEnabled);
        form.Add("VoiceEnabled", search.VoiceEnabled);
        form.Add("PageSize", search.PageSize);
        return form;
    }

    public static FormWriter Of(PurchaseRequest request)
    {
        var form = new FormWriter();
        form.Add("PhoneNumber", request.PhoneNumber);
        form.Add("AreaCode", request.AreaCode);
        Add(form, request.Settings);
        return form;
    }

    public static FormWriter Of(NumberSettings settings)
    {
        var form = new FormWriter();
        Add(form, settings);
        return form;
    }

    private static void Add(FormWriter form, NumberSettings settings)
    {
        form.Add("FriendlyName", settings.FriendlyName);
        form.Add("SmsUrl", settings.SmsUrl);
        form.Add("SmsFallbackUrl", settings.SmsFallbackUrl);
        form.Add("VoiceUrl", settings.VoiceUrl);
        form.Add("VoiceFallbackUrl", settings.VoiceFallbackUrl);
        form.Add("StatusCallback", settings.StatusCallback);
        form.Add("SmsApplicationSid", settings.SmsApplicationSid);
        form.Add("VoiceApplicationSid", settings.VoiceApplicationSid);
        form.Add("AddressSid", settings.AddressSid);
        form.Add("BundleSid", settings.BundleSid);
    }
}
