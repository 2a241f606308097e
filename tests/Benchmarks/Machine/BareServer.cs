using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PhoneMasking.Benchmarks.Machine;

/// <summary>The machine's limit: ASP.NET Core reading a form and answering, nothing else. Its own process, as the gateway.</summary>
internal static class BareServer
{
    public static async Task RunAsync(int port)
    {
        var app = Build(port);
        app.MapPost("/", async (HttpRequest request) => (await request.ReadFormAsync()).Count > 0 ? Results.NoContent() : Results.BadRequest())
            .DisableAntiforgery();
        app.MapGet("/health", () => Results.Ok());
        await app.RunAsync();
    }

    /// <summary>An app without logs on a loopback port; 0 for any free one.</summary>
    public static WebApplication Build(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        return builder.Build();
    }

    public static IPEndPoint AddressOf(WebApplication app)
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new IPEndPoint(IPAddress.Loopback, new Uri(address).Port);
    }
}
