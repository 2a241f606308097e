namespace PhoneMasking.Twilio.Proxy;

/// <summary>A Proxy Service to be created. Absent members get Twilio's defaults.</summary>
public sealed record ProxyServiceSettings
{
    /// <summary>The name, unique in the account, at most 191 characters. Nothing personal.</summary>
    public required string UniqueName { get; init; }

    /// <summary>How long a session lives after its last interaction, whole seconds; zero is without end.</summary>
    public TimeSpan? DefaultTtl { get; init; }

    /// <summary>Where interactions are reported.</summary>
    public Uri? CallbackUrl { get; init; }

    /// <summary>Who is asked before each interaction; 403 blocks it.</summary>
    public Uri? InterceptCallbackUrl { get; init; }

    /// <summary>Who is asked about texts and calls that belong to no session.</summary>
    public Uri? OutOfSessionCallbackUrl { get; init; }

    /// <summary>
    /// How near a proxy number must be: <c>area-code</c>, <c>overlay</c>, <c>radius</c> or <c>country</c>.
    /// </summary>
    public string? GeoMatchLevel { get; init; }

    /// <summary>Which number Proxy picks: <c>prefer-sticky</c> (Twilio's default) or <c>avoid-sticky</c>.</summary>
    public string? NumberSelectionBehavior { get; init; }
}
