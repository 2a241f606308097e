namespace PhoneMasking.ProxyGateway.Idempotency;

/// <summary>An answer that was given before, once more.</summary>
internal sealed class ReplayedAnswer(EarlierRequest earlier) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = earlier.Status!.Value;
        response.Headers[IdempotencyFilter.ReplayedHeader] = "true";
        if (earlier.Location is not null)
        {
            response.Headers.Location = earlier.Location;
        }

        if (earlier.Body is { Length: > 0 } body)
        {
            response.ContentType = earlier.ContentType;
            response.ContentLength = body.Length;
            await response.Body.WriteAsync(body, httpContext.RequestAborted);
        }
    }
}
