using MassTransit;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.NumberService.Inventory;

/// <summary>Answers with a page of numbers, oldest first. Changes nothing.</summary>
internal sealed class ListNumbersConsumer(NumberDbContext db) : IConsumer<ListNumbers>
{
    public async Task Consume(ConsumeContext<ListNumbers> context)
    {
        var request = context.Message;
        if (RequestRules.PageLimit(request.Limit) is { } refused)
        {
            await context.RespondAsync(refused);
            return;
        }

        var after = request.After?.Value ?? Guid.Empty;
        var found = await db.Numbers
            .FromSql($"""
                SELECT * FROM numbers.numbers
                WHERE organisation_id = {request.OrganisationId.Value} AND id > {after} AND stage <> 'Retired'
                ORDER BY id LIMIT {request.Limit + 1}
                """)
            .AsNoTracking()
            .ToListAsync(context.CancellationToken);
        var items = found.Take(request.Limit).Select(number => number.ToView()).ToArray();
        await context.RespondAsync(new NumberPage(items, found.Count > items.Length ? items[^1].Id : null));
    }
}

internal sealed class ListNumbersConsumerDefinition()
    : ServiceConsumerDefinition<ListNumbersConsumer>("number-service.list-numbers", concurrency: 8);
