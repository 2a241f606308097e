using Microsoft.Extensions.Options;
using PhoneMasking.ServiceDefaults.Configuration;

namespace PhoneMasking.NumberService.Provisioning;

internal static class ProvisioningRegistration
{
    /// <summary>Adds the worker that takes numbers through their stages. No start when section <c>Numbers</c> is wrong.</summary>
    public static void AddProvisioning(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<ProvisioningOptions, ProvisioningOptionsValidator>(ProvisioningOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<ProvisioningOptions>, LeaseValidator>();
        builder.Services.AddSingleton<ProvisioningSignal>();
        builder.Services.AddSingleton<ProvisioningMetrics>();
        builder.Services.AddSingleton<TwilioPause>();
        builder.Services.AddSingleton<TwilioFaults>();
        builder.Services.AddSingleton<StepClaims>();
        builder.Services.AddSingleton<StepLedger>();
        builder.Services.AddSingleton<StepRunner>();
        builder.Services.AddHostedService<ProvisioningWorker>();
    }
}
