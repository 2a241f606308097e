using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.ProxyGateway.Idempotency;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ProxyGateway.PublicApi;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.ProxyGateway.ApiKeys;

internal static class ApiKeyEndpoints
{
    public static void MapApiKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/keys").WithTags("Keys").RequireScope(Scopes.KeysWrite);

        keys.MapGet("/", ListKeys)
            .WithSummary("Lists the organisation's keys, oldest first, without the keys themselves")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        keys.MapPost("/", CreateKey)
            .WithSummary("Creates a key; the answer is the only time it is shown")
            .ShowingASecret()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        keys.MapDelete("/{id:guid}", RevokeKey)
            .WithSummary("Revokes a key at once")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<ApiKeyPage>> ListKeys(
        ApiCaller caller,
        GatewayDbContext db,
        CancellationToken cancellationToken,
        Guid? after = null,
        [Range(1, RequestRules.MaxPage)] int limit = Paging.DefaultLimit)
    {
        var start = after ?? Guid.Empty;
        var found = await db.ApiKeys.AsNoTracking()
            .Where(key => key.OrganisationId == caller.OrganisationId && key.Id.CompareTo(start) > 0)
            .OrderBy(key => key.Id)
            .Take(limit + 1)
            .ToListAsync(cancellationToken);
        var items = found.Take(limit).Select(ApiKeyView.Of).ToArray();
        return TypedResults.Ok(new ApiKeyPage(items, found.Count > limit ? items[^1].Id : null));
    }

    private static async Task<Results<Created<CreatedApiKey>, ApiProblem>> CreateKey(
        CreateApiKeyRequest request,
        ApiCaller caller,
        ApiKeyRing keys,
        CancellationToken cancellationToken)
    {
        if (RequestRules.Name(request.Name) is { } refused)
        {
            return RefusedProblem.Of(refused);
        }

        if (request.Scopes.Except(Scopes.All).Any())
        {
            return Problems.UnknownScope();
        }

        if (request.Scopes.Except(caller.Scopes).Any())
        {
            return Problems.ScopeNotYours();
        }

        var secret = ApiKeySecret.New();
        var key = await keys.AddAsync(
            caller.OrganisationId, request.Name, request.Scopes, secret, KeyOrigin.Api, cancellationToken);
        return TypedResults.Created((string?)null, new CreatedApiKey(ApiKeyView.Of(key), secret.Reveal()));
    }

    private static async Task<Results<NoContent, ApiProblem>> RevokeKey(
        Guid id,
        ApiCaller caller,
        ApiKeyRing keys,
        CancellationToken cancellationToken) =>
        await keys.RevokeAsync(caller.OrganisationId, id, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.UnknownKey();
}

/// <summary>Asks for a key of the caller's organisation.</summary>
/// <param name="Name">What to call it, 1 to 100 characters.</param>
/// <param name="Scopes">What it may do; nothing that the caller's own key may not.</param>
public sealed record CreateApiKeyRequest(
    [Required, StringLength(RequestRules.MaxName, MinimumLength = 1)] string Name,
    [Required, MinLength(1), MaxLength(20)] IReadOnlyList<string> Scopes);

/// <summary>A key without the key itself.</summary>
/// <param name="Id">The key's id.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Prefix">Its first characters, to recognise it by.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="CreatedAt">When it was created, in UTC.</param>
/// <param name="LastUsedAt">When it was last used, in UTC, to the minute or so.</param>
/// <param name="RevokedAt">When it was revoked, in UTC.</param>
internal sealed record ApiKeyView(
    Guid Id,
    string Name,
    string Prefix,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastUsedAt,
    DateTimeOffset? RevokedAt)
{
    public static ApiKeyView Of(ApiKey key) =>
        new(key.Id, key.Name, key.Prefix, key.Scopes, key.CreatedAt, key.LastUsedAt, key.RevokedAt);
}

/// <summary>A page of keys.</summary>
/// <param name="Items">The keys of this page.</param>
/// <param name="Next">Pass it as <c>after</c> to read on; none on the last page.</param>
internal sealed record ApiKeyPage(IReadOnlyList<ApiKeyView> Items, Guid? Next);

/// <summary>A key that was just created.</summary>
/// <param name="Key">What is known of it later, too.</param>
/// <param name="Secret">The key itself. It is shown this once.</param>
internal sealed record CreatedApiKey(ApiKeyView Key, string Secret)
{
    public override string ToString() => $"CreatedApiKey {Key.Id}";
}
