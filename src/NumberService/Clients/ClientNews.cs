using MassTransit;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.NumberService.Clients;

/// <summary>Keeps which clients there are. A client never goes and a merge is final, so order and repeats do not matter.</summary>
internal sealed class ClientNews(NumberDbContext db, TimeProvider clock)
    : IConsumer<ClientChanged>, IConsumer<ClientMerged>
{
    public Task Consume(ConsumeContext<ClientChanged> context) =>
        db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO numbers.clients (id, organisation_id)
            VALUES ({context.Message.ClientId.Value}, {context.Message.OrganisationId.Value})
            ON CONFLICT DO NOTHING
            """,
            context.CancellationToken);

    public async Task Consume(ConsumeContext<ClientMerged> context)
    {
        var merged = context.Message;
        await using var transaction = await db.Database.BeginTransactionAsync(context.CancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO numbers.clients (id, organisation_id, merged_into)
            VALUES ({merged.ProvisionalClientId.Value}, {merged.OrganisationId.Value}, {merged.ClientId.Value})
            ON CONFLICT (id) DO UPDATE SET merged_into = excluded.merged_into
            """,
            context.CancellationToken);

        // A number that the provisional client was given goes along, unless the known client has one already.
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE numbers.numbers
            SET client_id = {merged.ClientId.Value}, version = version + 1, changed_at = {clock.GetStorableNow()}
            WHERE organisation_id = {merged.OrganisationId.Value} AND client_id = {merged.ProvisionalClientId.Value}
                AND NOT EXISTS (
                    SELECT FROM numbers.numbers AS other
                    WHERE other.organisation_id = {merged.OrganisationId.Value}
                        AND other.client_id = {merged.ClientId.Value})
            """,
            context.CancellationToken);
        await transaction.CommitAsync(context.CancellationToken);
    }
}

internal sealed class ClientNewsDefinition()
    : ServiceConsumerDefinition<ClientNews>("number-service.clients", concurrency: 8);
