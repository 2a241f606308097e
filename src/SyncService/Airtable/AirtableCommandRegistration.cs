using Microsoft.Extensions.Options;
using PhoneMasking.Airtable;
using PhoneMasking.ServiceDefaults.Configuration;

namespace PhoneMasking.SyncService.Airtable;

internal static class AirtableCommandRegistration
{
    /// <summary>Adds what the command works with. It does not run when a setting is missing or wrong.</summary>
    public static void AddAirtableCommand(this IHostApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        builder.Services.AddValidatedOptions<AirtableSettings, AirtableSettingsValidator>(AirtableSettings.Section);
        builder.Services.PostConfigure<AirtableSettings>(settings =>
        {
            settings.BaseId = Or(settings.BaseId, configuration["AIRTABLE_BASE_ID"]) ?? string.Empty;
            settings.ApiKey = Or(settings.ApiKey, configuration["AIRTABLE_API_KEY"]) ?? string.Empty;
            foreach (var table in WantedBase.Tables)
            {
                settings.Tables[table.Name] =
                    Or(settings.Tables.GetValueOrDefault(table.Name), configuration[table.Setting]) ?? table.Name;
            }
        });
        builder.Services.AddAirtableApi();
        builder.Services.AddSingleton(services =>
        {
            var settings = services.GetRequiredService<IOptions<AirtableSettings>>().Value;
            return new AirtableBase(settings.BaseId, settings.ApiKey, settings.ApiBaseUrl);
        });
        builder.Services.AddSingleton<BaseMaker>();
        builder.Services.AddSingleton<AirtableRun>();
    }

    // An empty variable is one that is not set: compose files pass on what the owner left out.
    private static string? Or(string? value, string? other) =>
        string.IsNullOrWhiteSpace(value) ? (string.IsNullOrWhiteSpace(other) ? null : other) : value;
}
