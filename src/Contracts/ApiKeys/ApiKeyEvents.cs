namespace PhoneMasking.Contracts;

/// <summary>Event: there is a new key to the public API. Holds nothing of the key itself. Published by ProxyGateway.</summary>
/// <param name="OrganisationId">The only organisation that the key sees.</param>
/// <param name="ApiKeyId">The key's id.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Reason">
/// How it came: <c>api</c> (made with another key), <c>command</c> (<c>create-api-key</c>), <c>organisation</c> (the first of a
/// new organisation) or <c>development</c>.
/// </param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record ApiKeyCreated(
    OrganisationId OrganisationId,
    ApiKeyId ApiKeyId,
    IReadOnlyList<string> Scopes,
    string Reason,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    ApiKeyId? IAuditedEvent.ApiKeyId => ApiKeyId;
}

/// <summary>Event: a key to the public API has ended. Published by ProxyGateway, once for each key.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="ApiKeyId">The key's id.</param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record ApiKeyRevoked(
    OrganisationId OrganisationId,
    ApiKeyId ApiKeyId,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    ApiKeyId? IAuditedEvent.ApiKeyId => ApiKeyId;
}
