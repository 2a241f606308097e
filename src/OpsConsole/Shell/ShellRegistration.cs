using PhoneMasking.ServiceDefaults.Configuration;

namespace PhoneMasking.OpsConsole.Shell;

/// <summary>Composes what surrounds every page.</summary>
internal static class ShellRegistration
{
    private const string SimulatorOfAppHost = "services:simulator:http:0";

    /// <summary>Adds the pages: Razor components, rendered on the server.</summary>
    /// <param name="builder">The console being composed.</param>
    public static void AddShell(this WebApplicationBuilder builder)
    {
        // The style sheet is found in a build that was not published, too.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddValidatedOptions<ShellOptions, ShellOptionsValidator>(ShellOptions.Section);
        if (Uri.TryCreate(builder.Configuration[SimulatorOfAppHost], UriKind.Absolute, out var simulator))
        {
            builder.Services.PostConfigure<ShellOptions>(options => options.SimulatorUrl ??= simulator);
        }

        builder.Services.AddRazorComponents();
    }

    /// <summary>Adds the security headers, and pages for what goes wrong.</summary>
    /// <param name="app">The console.</param>
    public static void UseShell(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseExceptionHandler("/failure", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
    }

    /// <summary>Maps the pages and their assets.</summary>
    /// <param name="app">The console.</param>
    public static void MapShell(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().WithStaticAssets();
    }
}
