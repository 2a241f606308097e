using Microsoft.Extensions.Options;

namespace PhoneMasking.Simulator.Airtable;

/// <summary>How Airtable stands at the moment.</summary>
/// <param name="IsAvailable">Whether it answers; otherwise everything is 503.</param>
/// <param name="IsGranted">Whether the token is granted the base; otherwise everything is 403.</param>
/// <param name="HasQuota">Whether the workspace has calls left this month; otherwise records, but not the schema, are 429.</param>
/// <param name="RequestsPerSecond">How many are answered before the next is 429; 0 is without limit.</param>
internal sealed record AirtableStanding(bool IsAvailable, bool IsGranted, bool HasQuota, int RequestsPerSecond)
{
    public static AirtableStanding Of(AirtableOptions options) =>
        new(IsAvailable: true, IsGranted: true, HasQuota: true, options.RequestsPerSecond);
}

/// <summary>Holds how Airtable stands.</summary>
internal sealed class AirtableState(IOptions<AirtableOptions> options)
{
    private volatile AirtableStanding _current = AirtableStanding.Of(options.Value);

    public AirtableStanding Current
    {
        get => _current;
        set => _current = value;
    }

    public void Reset() => _current = AirtableStanding.Of(options.Value);
}
