using PhoneMasking.Twilio.Transport;

namespace PhoneMasking.Twilio.Proxy;

internal sealed record ProxyServicePage : ProductPage<ProxyService>
{
    public required IReadOnlyList<ProxyService> Services { get; init; }

    public override IReadOnlyList<ProxyService> ReadItems() => Services;
}

internal sealed record ProxyNumberPage : ProductPage<ProxyNumber>
{
    public required IReadOnlyList<ProxyNumber> PhoneNumbers { get; init; }

    public override IReadOnlyList<ProxyNumber> ReadItems() => PhoneNumbers;
}
