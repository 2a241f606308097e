namespace PhoneMasking.OpsConsole.Overview;

/// <summary>Composes the overview.</summary>
internal static class OverviewRegistration
{
    /// <summary>Adds what the overview counts.</summary>
    /// <param name="builder">The console being composed.</param>
    public static void AddOverview(this WebApplicationBuilder builder) =>
        builder.Services.AddScoped<Counts>().AddScoped<Concerns>();
}
