using System.Text.Json;
using System.Text.Json.Serialization;

namespace PhoneMasking.Simulator.Control;

internal static class ControlRegistration
{
    /// <summary>
    /// Adds the control API, and silences the log categories that would write URLs with numbers in them.
    /// </summary>
    public static void AddControl(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Counters>();
        builder.Services.AddSingleton<SimulatorState>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddProblemDetails();
        builder.Services.AddValidation();
        builder.Services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase)));

        // Twilio's lists have To and From in the query, and ASP.NET Core writes each URL at Information.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
    }
}
