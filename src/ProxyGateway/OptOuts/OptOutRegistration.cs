using Microsoft.Extensions.Options;
using PhoneMasking.ServiceDefaults.Configuration;
using PhoneMasking.ServiceDefaults.Persistence.Retention;

namespace PhoneMasking.ProxyGateway.OptOuts;

internal static class OptOutRegistration
{
    private static readonly TimeSpan CleaningInterval = TimeSpan.FromHours(1);

    /// <summary>Adds the ageing of what is known of people who opted in again: their numbers are real ones.</summary>
    public static void AddOptOuts(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<OptOutOptions, OptOutOptionsValidator>(OptOutOptions.Section);
        builder.Services.AddRowCleaner(services =>
            (CleaningInterval, [Expiring(services.GetRequiredService<IOptions<OptOutOptions>>().Value)]));
    }

    private static ExpiringRows Expiring(OptOutOptions options) =>
        new("opt-ins", "gateway.opt_outs", "opted_out_at IS NULL AND opted_in_at < $1", options.StartRetention);
}
