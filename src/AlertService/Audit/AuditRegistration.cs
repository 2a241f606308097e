using MassTransit;

namespace PhoneMasking.AlertService.Audit;

internal static class AuditRegistration
{
    public static void AddAudit(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AuditLog>();
        builder.Services.AddScoped<AuditReader>();
    }

    public static void AddAuditConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<AuditEventsConsumer, AuditEventsConsumerDefinition>();
        bus.AddConsumer<MessagesDeliveredConsumer, MessagesDeliveredConsumerDefinition>();
        bus.AddConsumer<ListAuditConsumer, ListAuditConsumerDefinition>();
        bus.AddConsumer<BeginAuditExportConsumer, BeginAuditExportConsumerDefinition>();
    }
}
