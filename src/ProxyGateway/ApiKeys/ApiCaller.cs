using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.ApiKeys;

/// <summary>Who makes a request to the public API.</summary>
/// <param name="KeyId">The key.</param>
/// <param name="OrganisationId">The only organisation that the caller sees.</param>
/// <param name="Scopes">What the caller may do.</param>
internal sealed record ApiCaller(Guid KeyId, OrganisationId OrganisationId, IReadOnlyList<string> Scopes)
{
    /// <summary>Lets an endpoint take the caller as a parameter.</summary>
    public static ValueTask<ApiCaller?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<ApiCaller>());
}
