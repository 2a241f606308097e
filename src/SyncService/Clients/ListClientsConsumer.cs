using MassTransit;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.ServiceDefaults.Requests;
using PhoneMasking.SyncService.Persistence;

namespace PhoneMasking.SyncService.Clients;

/// <summary>Answers with a page of clients, oldest first. Changes nothing.</summary>
internal sealed class ListClientsConsumer(SyncDbContext db) : IConsumer<ListClients>
{
    public async Task Consume(ConsumeContext<ListClients> context)
    {
        var request = context.Message;
        if ((RequestRules.PageLimit(request.Limit) ?? RequestRules.Search(request.Search)) is { } refused)
        {
            await context.RespondAsync(refused);
            return;
        }

        var after = request.After?.Value ?? Guid.Empty;
        var pattern = RequestRules.LikePattern(request.Search ?? string.Empty);
        var found = await db.Clients
            .FromSql($"""
                SELECT * FROM sync.clients
                WHERE organisation_id = {request.OrganisationId.Value} AND merged_into IS NULL
                    AND id > {after} AND name ILIKE {pattern}
                ORDER BY id LIMIT {request.Limit + 1}
                """)
            .AsNoTracking()
            .Include(client => client.Phones)
            .OrderBy(client => client.Id)
            .ToListAsync(context.CancellationToken);
        var items = found.Take(request.Limit).Select(client => client.ToView()).ToArray();
        await context.RespondAsync(new ClientPage(items, found.Count > items.Length ? items[^1].Id : null));
    }
}

internal sealed class ListClientsConsumerDefinition()
    : ServiceConsumerDefinition<ListClientsConsumer>("sync-service.list-clients", concurrency: 8);
