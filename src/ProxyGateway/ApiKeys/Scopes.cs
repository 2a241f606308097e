namespace PhoneMasking.ProxyGateway.ApiKeys;

/// <summary>What a key may do. Each is a name in the API and an authorization policy.</summary>
internal static class Scopes
{
    public const string TextsRead = "texts:read";
    public const string SessionsRead = "sessions:read";
    public const string SessionsWrite = "sessions:write";
    public const string SittersRead = "sitters:read";
    public const string SittersWrite = "sitters:write";
    public const string ClientsRead = "clients:read";
    public const string ClientsWrite = "clients:write";
    public const string NumbersRead = "numbers:read";
    public const string NumbersWrite = "numbers:write";
    public const string OrganisationsRead = "organisations:read";

    /// <summary>Creates organisations: for who runs the installation, not for a business that uses it.</summary>
    public const string OrganisationsWrite = "organisations:write";

    public const string KeysWrite = "keys:write";
    public const string AuditRead = "audit:read";

    /// <summary>Sees dead letters, which are the whole installation's: for who runs it, as <see cref="OrganisationsWrite"/>.</summary>
    public const string DeadLettersRead = "dead-letters:read";

    /// <summary>Sends dead letters again, or discards them: for who runs the installation.</summary>
    public const string DeadLettersWrite = "dead-letters:write";

    public static readonly IReadOnlyList<string> All =
    [
        TextsRead, SessionsRead, SessionsWrite, SittersRead, SittersWrite, ClientsRead, ClientsWrite, NumbersRead,
        NumbersWrite, OrganisationsRead, OrganisationsWrite, KeysWrite, AuditRead,
        DeadLettersRead, DeadLettersWrite,
    ];

    /// <summary>Everything within one organisation: what its first key gets.</summary>
    public static readonly IReadOnlyList<string> OfOneOrganisation =
    [
        .. All.Where(scope => scope is not (OrganisationsWrite or DeadLettersRead or DeadLettersWrite)),
    ];

    /// <summary>Requires a key with this scope.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoint, string scope)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(scope).WithMetadata(new RequiredScope(scope));
}

/// <summary>The scope that an endpoint asks for, for its refusal and its description.</summary>
internal sealed record RequiredScope(string Name);
