using PhoneMasking.Contracts;

namespace PhoneMasking.ServiceDefaults.Tests;

internal static class SampleEvents
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static ClientMerged Merged() =>
        new(OrganisationId.Default, ClientId.New(Noon), ClientId.New(Noon), Noon);

    public static MessageSent Sent() => new(
        OrganisationId.Default,
        MessageId.New(Noon),
        null,
        MessageDirection.ClientToSitter,
        SessionId.New(Noon),
        SitterId.New(Noon),
        null,
        Noon);
}
