namespace PhoneMasking.Simulator.Pages;

/// <summary>A page's files, which are inside the assembly so that the simulator runs from any directory.</summary>
/// <param name="prefix">What the names of the page's resources begin with.</param>
/// <param name="contentSecurityPolicy">What the page may load.</param>
internal abstract class PageFiles(string prefix, string contentSecurityPolicy)
{
    private readonly Dictionary<string, byte[]> _files = Load(prefix);

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
        headers.ContentSecurityPolicy = contentSecurityPolicy;
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

    private static Dictionary<string, byte[]> Load(string prefix)
    {
        var assembly = typeof(PageFiles).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(
                name => name[prefix.Length..],
                name =>
                {
                    using var stream = assembly.GetManifestResourceStream(name)!;
                    var content = new byte[stream.Length];
                    stream.ReadExactly(content);
                    return content;
                });
    }
}
