using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace PhoneMasking.OpsConsole.SignIn;

/// <summary>
/// Prints the one-time link when the console listens, and again when asked to. Development only: whoever reads the log of
/// a development machine is the one who started it.
/// </summary>
internal sealed partial class LinkPrinter(
    OneTimeLink link,
    IServer server,
    IHostApplicationLifetime lifetime,
    ILogger<LinkPrinter> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Print);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Makes a new link and prints it.</summary>
    public void Print()
    {
        var (address, token) = (Address(), link.Renew());
        LogLink(address, token);
    }

    private string Address()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost";

        // Kestrel's words for "every interface" are no address for a browser.
        return address.Replace("[::]", "localhost", StringComparison.Ordinal)
            .Replace("0.0.0.0", "localhost", StringComparison.Ordinal)
            .Replace("//+", "//localhost", StringComparison.Ordinal)
            .Replace("//*", "//localhost", StringComparison.Ordinal)
            .TrimEnd('/');
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Console: open {Address}/sign-in?token={Token}")]
    private partial void LogLink(string address, string token);
}
