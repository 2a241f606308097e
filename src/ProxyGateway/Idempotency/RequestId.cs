using PhoneMasking.ProxyGateway.ApiKeys;

namespace PhoneMasking.ProxyGateway.Idempotency;

/// <summary>
/// The id that the owning service recognises a request by: made of the caller's key when there is one, so that a repeat has
/// no second effect even when this service was killed before it could keep the answer.
/// </summary>
/// <param name="Value">The id.</param>
internal sealed record RequestId(Guid Value)
{
    /// <summary>Lets an endpoint take it as a parameter.</summary>
    public static ValueTask<RequestId?> BindAsync(HttpContext context)
    {
        var key = context.Request.Headers[IdempotencyKey.Header].ToString();
        var id = key.Length > 0 && context.Features.Get<ApiCaller>() is { } caller
            ? IdempotencyKey.RequestIdOf(key, caller.OrganisationId, IdempotencyKey.EndpointOf(context.Request))
            : Guid.CreateVersion7(context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        return ValueTask.FromResult<RequestId?>(new RequestId(id));
    }
}
