namespace PhoneMasking.Simulator.Phones;

/// <summary>The page's files, which are inside the assembly so that the simulator runs from any directory.</summary>
internal sealed class PhoneAssets
{
    private const string Prefix = "Phones.Assets.";

    /// <summary>
    /// Only our own scripts, styles and connections. Pictures may come from anywhere: a message may link to them.
    /// </summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' http: https:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly Dictionary<string, byte[]> _files = Load();

    /// <summary>Writes a file of the page; 404 when there is none of that name.</summary>
    public async Task WriteAsync(string name, HttpContext context)
    {
        if (!_files.TryGetValue(name, out var content))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var headers = context.Response.Headers;
        headers.ContentType = TypeOf(name);
        headers.ContentLength = content.Length;
        headers.CacheControl = "no-cache";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers["Referrer-Policy"] = "no-referrer";
        await context.Response.Body.WriteAsync(content, context.RequestAborted);
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        _ => "image/svg+xml",
    };

    private static Dictionary<string, byte[]> Load()
    {
        var assembly = typeof(PhoneAssets).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(
                name => name[Prefix.Length..],
                name =>
                {
                    using var stream = assembly.GetManifestResourceStream(name)!;
                    var content = new byte[stream.Length];
                    stream.ReadExactly(content);
                    return content;
                });
    }
}
