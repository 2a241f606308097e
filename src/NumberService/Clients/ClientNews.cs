using MassTransit;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.NumberService.Clients;

/// <summary>Keeps which clients there are. A client never goes and a merge is final, so order and repeats do not matter.</summary>
internal sealed class ClientNews(NumberDbContext db) : IConsumer<ClientChanged>, IConsumer<ClientMerged>
{
    public Task Consume(ConsumeContext<ClientChanged> context) =>
        db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO numbers.clients (id, organisation_id)
            VALUES ({context.Message.ClientId.Value}, {context.Message.OrganisationId.Value})
            ON CONFLICT DO NOTHING
            """,
            context.CancellationToken);

    public Task Consume(ConsumeContext<ClientMerged> context) =>
        db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO numbers.clients (id, organisation_id, merged_into)
            VALUES ({context.Message.ProvisionalClientId.Value}, {context.Message.OrganisationId.Value},
                {context.Message.ClientId.Value})
            ON CONFLICT (id) DO UPDATE SET merged_into = excluded.merged_into
            """,
            context.CancellationToken);
}

internal sealed class ClientNewsDefinition()
    : ServiceConsumerDefinition<ClientNews>("number-service.clients", concurrency: 8);
