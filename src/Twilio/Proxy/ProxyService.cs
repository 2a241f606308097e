namespace PhoneMasking.Twilio.Proxy;

/// <summary>A Proxy Service: a pool of numbers behind which people talk.</summary>
public sealed record ProxyService
{
    /// <summary>The service's id, <c>KS</c> and 32 hexadecimal digits.</summary>
    public required string Sid { get; init; }

    /// <summary>The name, unique in the account.</summary>
    public string? UniqueName { get; init; }

    /// <summary>How long a session lives after its last interaction, in seconds; 0 is without end.</summary>
    public int? DefaultTtl { get; init; }

    /// <summary>Where interactions are reported.</summary>
    public string? CallbackUrl { get; init; }

    /// <summary>Who is asked before each interaction.</summary>
    public string? InterceptCallbackUrl { get; init; }

    /// <summary>Who is asked about texts and calls that belong to no session.</summary>
    public string? OutOfSessionCallbackUrl { get; init; }

    /// <summary>How near a proxy number must be.</summary>
    public string? GeoMatchLevel { get; init; }

    /// <summary>Which number Proxy picks.</summary>
    public string? NumberSelectionBehavior { get; init; }

    /// <summary>Returns the id.</summary>
    public override string ToString() => $"ProxyService {Sid}";
}

/// <summary>A number in a Proxy Service. <see cref="ToString"/> shows its id only.</summary>
public sealed record ProxyNumber
{
    /// <summary>The number's id, <c>PN</c> and 32 hexadecimal digits.</summary>
    public required string Sid { get; init; }

    /// <summary>The service it is in.</summary>
    public string? ServiceSid { get; init; }

    /// <summary>The number, in E.164 form.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>Whether Proxy must not pick it by itself.</summary>
    public bool? IsReserved { get; init; }

    /// <summary>How many open sessions use it.</summary>
    public int? InUse { get; init; }

    /// <summary>Returns the id.</summary>
    public override string ToString() => $"ProxyNumber {Sid}";
}
