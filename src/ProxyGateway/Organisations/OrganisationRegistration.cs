namespace PhoneMasking.ProxyGateway.Organisations;

internal static class OrganisationRegistration
{
    /// <summary>Adds the businesses of this installation.</summary>
    public static void AddOrganisations(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHostedService<DefaultOrganisation>();
        builder.Services.AddScoped<OrganisationBook>();
    }
}
