using MassTransit;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.NumberService.Sitters;

/// <summary>Answers with a page of sitters, oldest first, the removed ones included. Changes nothing.</summary>
internal sealed class ListSittersConsumer(NumberDbContext db) : IConsumer<ListSitters>
{
    public async Task Consume(ConsumeContext<ListSitters> context)
    {
        var request = context.Message;
        if ((RequestRules.PageLimit(request.Limit) ?? RequestRules.Search(request.Search)) is { } refused)
        {
            await context.RespondAsync(refused);
            return;
        }

        var after = request.After?.Value ?? Guid.Empty;
        var pattern = RequestRules.LikePattern(request.Search ?? string.Empty);
        var found = await db.Sitters
            .FromSql($"""
                SELECT * FROM numbers.sitters
                WHERE organisation_id = {request.OrganisationId.Value} AND id > {after} AND name ILIKE {pattern}
                ORDER BY id LIMIT {request.Limit + 1}
                """)
            .AsNoTracking()
            .Include(sitter => sitter.Reserved)
            .OrderBy(sitter => sitter.Id)
            .ToListAsync(context.CancellationToken);
        var items = found.Take(request.Limit).Select(sitter => sitter.ToView()).ToArray();
        await context.RespondAsync(new SitterPage(items, found.Count > items.Length ? items[^1].Id : null));
    }
}

internal sealed class ListSittersConsumerDefinition()
    : ServiceConsumerDefinition<ListSittersConsumer>("number-service.list-sitters", concurrency: 8);
