namespace PhoneMasking.ProxyGateway.PublicApi;

/// <summary>
/// The page to try the API: Swagger UI, whose scripts run where an API key is typed in. They may load and ask nothing but this
/// service, whatever a later version of theirs would like.
/// </summary>
internal static class DocsPage
{
    /// <summary>Where it is.</summary>
    public const string Path = "/docs";

    // It styles some elements inline, and its style sheet draws arrows as data URLs; no script of it is inline.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; form-action 'none'; "
        + "base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Serves the page with headers that keep a browser to this service.</summary>
    public static void UseDocsPage(this WebApplication app)
    {
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase),
            docs => docs.Use(async (context, next) =>
            {
                var headers = context.Response.Headers;
                headers.ContentSecurityPolicy = Policy;
                headers.XContentTypeOptions = "nosniff";
                headers.XFrameOptions = "DENY";
                headers["Referrer-Policy"] = "no-referrer";
                await next(context);
            }));
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = Path[1..];
            page.DocumentTitle = "PhoneMasking API";
            page.SwaggerEndpoint("/openapi/v1.json", "PhoneMasking v1");
        });
    }
}
