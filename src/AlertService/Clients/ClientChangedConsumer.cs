using MassTransit;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.AlertService.Clients;

/// <summary>Keeps the names of clients. Idempotent: an older version changes nothing.</summary>
internal sealed class ClientChangedConsumer(AlertDbContext db) : IConsumer<ClientChanged>
{
    public Task Consume(ConsumeContext<ClientChanged> context)
    {
        var changed = context.Message;
        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO alerts.clients AS known (client_id, organisation_id, name, version)
            VALUES ({changed.ClientId.Value}, {changed.OrganisationId.Value}, {changed.Name}, {changed.Version})
            ON CONFLICT (client_id) DO UPDATE SET name = excluded.name, version = excluded.version
            WHERE known.version < excluded.version
            """,
            context.CancellationToken);
    }
}

internal sealed class ClientChangedConsumerDefinition()
    : ServiceConsumerDefinition<ClientChangedConsumer>("alert-service.client-changed", concurrency: 4);
