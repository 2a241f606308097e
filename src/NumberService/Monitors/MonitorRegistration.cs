using MassTransit;
using PhoneMasking.ServiceDefaults.Configuration;

namespace PhoneMasking.NumberService.Monitors;

internal static class MonitorRegistration
{
    public static void AddMonitors(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<MonitorOptions, MonitorOptionsValidator>(MonitorOptions.Section);
        builder.Services.AddScoped<MonitorDesk>();
        builder.Services.AddHostedService<MonitorTimer>();
    }

    public static void AddMonitorConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<RunMonitorConsumer, RunMonitorConsumerDefinition>();
        bus.AddConsumer<ListMonitorRunsConsumer, ListMonitorRunsConsumerDefinition>();
    }
}
