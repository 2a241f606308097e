using PhoneMasking.Twilio.Transport;

namespace PhoneMasking.Twilio.MessagingServices;

internal sealed record MessagingServicePage : ProductPage<MessagingService>
{
    public required IReadOnlyList<MessagingService> Services { get; init; }

    public override IReadOnlyList<MessagingService> ReadItems() => Services;
}

internal sealed record MessagingServiceNumberPage : ProductPage<MessagingServiceNumber>
{
    public required IReadOnlyList<MessagingServiceNumber> PhoneNumbers { get; init; }

    public override IReadOnlyList<MessagingServiceNumber> ReadItems() => PhoneNumbers;
}
