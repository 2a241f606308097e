using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Npgsql;
using PhoneMasking.ProxyGateway.ApiKeys;

namespace PhoneMasking.ProxyGateway.Idempotency;

/// <summary>
/// Answers a POST with an Idempotency-Key that has succeeded before as it was answered then. Only successes are kept: what
/// was refused changed nothing and may be sent again with the same key.
/// </summary>
internal sealed partial class IdempotencyFilter(AnswerStore store, TimeProvider clock, ILogger<IdempotencyFilter> logger)
    : IEndpointFilter
{
    /// <summary>Marks an answer that was given before.</summary>
    public const string ReplayedHeader = "Idempotency-Replayed";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!http.Request.Headers.TryGetValue(IdempotencyKey.Header, out var header)
            || !AppliesTo(http)
            || http.Features.Get<ApiCaller>() is not { } caller)
        {
            return await next(context);
        }

        var key = header.ToString();
        if (!IdempotencyKey.IsValid(key))
        {
            return Problems.InvalidKey();
        }

        var request = new IdempotentRequest(
            caller.OrganisationId,
            IdempotencyKey.EndpointOf(http.Request),
            IdempotencyKey.HashOf(key),
            HashOf(context),
            Guid.CreateVersion7(clock.GetUtcNow()));
        return await store.ClaimAsync(request, http.RequestAborted) is { } earlier
            ? AnswerOf(request, earlier, http)
            : await AnswerOnceAsync(request, context, next);
    }

    /// <summary>Reading by POST changes nothing: its answers are not kept.</summary>
    public static bool AppliesTo(EndpointMetadataCollection metadata) =>
        metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(HttpMethods.Post) == true
        && metadata.GetMetadata<ReadsOnly>() is null;

    private static bool AppliesTo(HttpContext http) => http.GetEndpoint() is { } endpoint && AppliesTo(endpoint.Metadata);

    // What was understood of the body, so that spaces and the order of fields do not matter.
    private static byte[] HashOf(EndpointFilterInvocationContext context)
    {
        var type = context.HttpContext.GetEndpoint()!.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;
        var body = context.Arguments.FirstOrDefault(argument => argument is not null && argument.GetType() == type);
        return SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(body, type ?? typeof(object)));
    }

    private static IResult AnswerOf(IdempotentRequest request, EarlierRequest earlier, HttpContext http) => earlier switch
    {
        _ when !earlier.RequestHash.AsSpan().SequenceEqual(request.RequestHash) => Problems.KeyUsedForAnother(),
        { Status: null } => Problems.UnderWay(),
        { Body: null } when HoldsSecret(http) => Problems.SecretShownOnce(),
        _ => new ReplayedAnswer(earlier),
    };

    private static bool HoldsSecret(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<HoldsSecret>() is not null;

    private async Task<object?> AnswerOnceAsync(
        IdempotentRequest request,
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var body = http.Response.Body;
        using var buffer = new MemoryStream();
        var succeeded = false;
        try
        {
            http.Response.Body = buffer;
            if (await next(context) is IResult result)
            {
                await result.ExecuteAsync(http);
            }

            succeeded = http.Response.StatusCode is >= 200 and < 300;
            if (succeeded)
            {
                // Also for who has gone meanwhile: they will send it again.
                await TryKeepAsync(request, http, buffer);
            }
        }
        finally
        {
            http.Response.Body = body;
            if (!succeeded)
            {
                await TryReleaseAsync(request);
            }
        }

        await body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), http.RequestAborted);
        return Results.Empty;
    }

    private async Task TryKeepAsync(IdempotentRequest request, HttpContext http, MemoryStream body)
    {
        try
        {
            var response = http.Response;
            await store.KeepAsync(
                request,
                response.StatusCode,
                response.Headers.Location.ToString() is { Length: > 0 } location ? location : null,
                response.ContentType,
                HoldsSecret(http) ? null : body.ToArray(),
                CancellationToken.None);
        }
        catch (NpgsqlException failure)
        {
            LogNotKept(failure.GetType().Name);
        }
    }

    private async Task TryReleaseAsync(IdempotentRequest request)
    {
        try
        {
            await store.ReleaseAsync(request, CancellationToken.None);
        }
        catch (NpgsqlException failure)
        {
            LogNotKept(failure.GetType().Name);
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "An answer could not be kept; its key is free again soon: {Failure}")]
    private partial void LogNotKept(string failure);
}

/// <summary>Marks a POST that only reads: what people search for does not belong in a URL.</summary>
internal sealed record ReadsOnly;

/// <summary>Marks a POST whose answer shows a secret this once: it is stored nowhere.</summary>
internal sealed record HoldsSecret;
