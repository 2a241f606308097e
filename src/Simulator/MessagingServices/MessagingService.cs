using System.Globalization;
using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.MessagingServices;

/// <summary>A Messaging Service, with Twilio's defaults. Never changed in place.</summary>
internal sealed record MessagingService(string Sid, string FriendlyName, DateTimeOffset Created)
{
    /// <summary>The longest that Twilio keeps a message queued, in seconds.</summary>
    public const int LongestValidity = 36_000;

    public string? InboundRequestUrl { get; init; }

    public string InboundMethod { get; init; } = "POST";

    public string? FallbackUrl { get; init; }

    public string FallbackMethod { get; init; } = "POST";

    public string? StatusCallback { get; init; }

    public bool StickySender { get; init; } = true;

    public bool MmsConverter { get; init; } = true;

    public bool SmartEncoding { get; init; } = true;

    public bool FallbackToLongCode { get; init; } = true;

    public bool AreaCodeGeomatch { get; init; } = true;

    public bool SynchronousValidation { get; init; }

    public int ValidityPeriod { get; init; } = LongestValidity;

    public string Usecase { get; init; } = "undeclared";

    /// <summary>Whether texts go to the SmsUrl of the number they came to, and not to the service's.</summary>
    public bool UseInboundWebhookOnNumber { get; init; }

    public DateTimeOffset Updated { get; init; } = Created;

    /// <summary>
    /// The service with what a form says; null, and the error, when it cannot be. What the form leaves out stays.
    /// </summary>
    public MessagingService? With(IFormCollection form, DateTimeOffset now, out TwilioError? error)
    {
        var validity = Text(form, "ValidityPeriod", $"{ValidityPeriod}");
        error = !int.TryParse(validity, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds is < 1 or > LongestValidity
                ? TwilioError.InvalidParameter("ValidityPeriod must be between 1 and 36000")
                : null;
        return error is not null ? null : this with
        {
            FriendlyName = Text(form, "FriendlyName", FriendlyName)!,
            InboundRequestUrl = Text(form, "InboundRequestUrl", InboundRequestUrl),
            InboundMethod = Text(form, "InboundMethod", InboundMethod)!,
            FallbackUrl = Text(form, "FallbackUrl", FallbackUrl),
            FallbackMethod = Text(form, "FallbackMethod", FallbackMethod)!,
            StatusCallback = Text(form, "StatusCallback", StatusCallback),
            StickySender = Flag(form, "StickySender", StickySender),
            MmsConverter = Flag(form, "MmsConverter", MmsConverter),
            SmartEncoding = Flag(form, "SmartEncoding", SmartEncoding),
            FallbackToLongCode = Flag(form, "FallbackToLongCode", FallbackToLongCode),
            AreaCodeGeomatch = Flag(form, "AreaCodeGeomatch", AreaCodeGeomatch),
            SynchronousValidation = Flag(form, "SynchronousValidation", SynchronousValidation),
            ValidityPeriod = seconds,
            Usecase = Text(form, "Usecase", Usecase)!,
            UseInboundWebhookOnNumber = Flag(form, "UseInboundWebhookOnNumber", UseInboundWebhookOnNumber),
            Updated = now,
        };
    }

    private static string? Text(IFormCollection form, string name, string? otherwise) =>
        form.TryGetValue(name, out var value) ? value.ToString() : otherwise;

    private static bool Flag(IFormCollection form, string name, bool otherwise) =>
        bool.TryParse(form[name], out var flag) ? flag : otherwise;
}

/// <summary>A number in a Messaging Service.</summary>
internal sealed record ServiceNumber(string NumberSid, string ServiceSid, string PhoneNumber, DateTimeOffset Added);
