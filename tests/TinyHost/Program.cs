using PhoneMasking.TinyHost;

// For the tests of the local runner. "host <folder>" runs a topology of real servers and two tiny services, as the
// AppHost does with the real ones; without arguments this is one of those services, or a mortal one.
if (args is ["host", var folder])
{
    TinyTopology.Run(folder);
    return;
}

if (Environment.GetEnvironmentVariable(MortalService.FolderVariable) is { } ledgerFolder)
{
    await MortalService.RunAsync(ledgerFolder);
    return;
}

var builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders();
var app = builder.Build();

app.MapGet("/environment/{name}", (string name) => Environment.GetEnvironmentVariable(name) ?? "");
app.MapPost("/exit/{code:int}", (int code) => Environment.Exit(code));
app.MapGet("/health", () =>
{
    var healthyWith = Environment.GetEnvironmentVariable("TINY_HEALTHY_WITH");
    var healthy = healthyWith is null || File.Exists(healthyWith);
    Console.WriteLine(healthy ? "healthy" : "not yet healthy");
    if (Environment.GetEnvironmentVariable("TINY_WHOLE_WITH") is { } wholeWith && !File.Exists(wholeWith))
    {
        Console.WriteLine("not yet whole");
        return Results.Json(new { status = "degraded" });
    }

    return Results.StatusCode(healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
});

if (Environment.GetEnvironmentVariable("TINY_DOOR") is { } door)
{
    Console.WriteLine($"      Tiny: open {door}");
}

await app.RunAsync();
