using MassTransit;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.AlertService.Sitters;

/// <summary>Keeps the names of sitters. Idempotent: an older version changes nothing.</summary>
internal sealed class SitterChangedConsumer(AlertDbContext db) : IConsumer<SitterChanged>
{
    public Task Consume(ConsumeContext<SitterChanged> context)
    {
        var changed = context.Message;
        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO alerts.sitters AS known (sitter_id, organisation_id, name, version)
            VALUES ({changed.SitterId.Value}, {changed.OrganisationId.Value}, {changed.Name}, {changed.Version})
            ON CONFLICT (sitter_id) DO UPDATE SET name = excluded.name, version = excluded.version
            WHERE known.version < excluded.version
            """,
            context.CancellationToken);
    }
}

internal sealed class SitterChangedConsumerDefinition()
    : ServiceConsumerDefinition<SitterChangedConsumer>("alert-service.sitter-changed", concurrency: 4);
