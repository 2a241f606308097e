namespace PhoneMasking.OpsConsole.Audit;

/// <summary>Composes what the console tells the audit log.</summary>
internal static class AuditRegistration
{
    /// <summary>Adds <see cref="AuditTrail"/>.</summary>
    /// <param name="builder">The console being composed.</param>
    public static void AddAuditTrail(this WebApplicationBuilder builder) => builder.Services.AddSingleton<AuditTrail>();
}
