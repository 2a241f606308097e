using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PhoneMasking.ServiceDefaults.Configuration;
using PhoneMasking.ServiceDefaults.Health;
using PhoneMasking.ServiceDefaults.Persistence;
using PhoneMasking.ServiceDefaults.Telemetry;

namespace PhoneMasking.ServiceDefaults;

/// <summary>What every service does the same way.</summary>
public static class ServiceDefaultsRegistration
{
    /// <summary>
    /// Adds the clock, telemetry, health, problem details and a log that never holds a URL's query; from here on a wrong
    /// setting ends the process with words, see <see cref="WrongSettings"/>.
    /// </summary>
    /// <param name="builder">The service being composed; call this first.</param>
    public static void AddServiceDefaults(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        WrongSettings.EndTheProcessInWords();

        // ASP.NET Core's request log and HttpClient's log write whole URLs; EF Core's writes commands.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("System.Net.Http", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);

        // Logs as failed what we expect to fail, such as reading the history table of a schema that is not there yet.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.None);
        builder.Logging.AddFilter("MassTransit", LogLevel.Warning);

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddProblemDetails();
        builder.AddTelemetry();
        builder.AddHealth();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
    }

    /// <summary>Maps <c>/alive</c> and <c>/health</c>, and turns every fault into problem details.</summary>
    /// <param name="app">The service; call this before the capabilities are mapped.</param>
    public static void MapDefaultEndpoints(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);

        app.UseMiddleware<ServerSpanMiddleware>();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapHealth();
    }

    /// <summary>Runs the service, or with the argument <c>migrate</c> only brings its schema up to date, if it has one.</summary>
    /// <param name="app">The composed service.</param>
    /// <param name="args">The command line.</param>
    /// <exception cref="OptionsValidationException">
    /// A setting is wrong, nothing was started; an <see cref="AggregateException"/> when several classes of options are.
    /// </exception>
    public static async Task RunServiceAsync(this WebApplication app, string[] args)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(args);

        if (args is ["migrate", ..] && app.Services.GetService<SchemaMigration>() is { } schema)
        {
            await schema.MigrateAsync(CancellationToken.None);
            return;
        }

        WrongSettings.ThrowIfWrong(app);
        await app.RunAsync();
    }
}
