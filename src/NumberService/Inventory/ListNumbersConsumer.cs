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
        var stages = StagesOf(request.Status).Select(stage => stage.ToString()).ToArray();
        var lifecycle = request.Lifecycle?.ToString();
        var found = await db.Numbers
            .FromSql($"""
                SELECT * FROM numbers.numbers
                WHERE organisation_id = {request.OrganisationId.Value} AND id > {after} AND stage = ANY ({stages})
                    AND ({lifecycle}::text IS NULL OR lifecycle = {lifecycle})
                ORDER BY id LIMIT {request.Limit + 1}
                """)
            .AsNoTracking()
            .ToListAsync(context.CancellationToken);
        var items = found.Take(request.Limit).Select(number => number.ToView()).ToArray();
        await context.RespondAsync(new NumberPage(items, found.Count > items.Length ? items[^1].Id : null));
    }

    private static NumberStage[] StagesOf(NumberStatus? status) => status switch
    {
        null =>
        [
            NumberStage.Intended, NumberStage.Bought, NumberStage.Attached, NumberStage.Ready, NumberStage.Failed,
            NumberStage.Resting,
        ],
        NumberStatus.Pending => [NumberStage.Intended, NumberStage.Bought, NumberStage.Attached],
        NumberStatus.Ready => [NumberStage.Ready],
        NumberStatus.Failed => [NumberStage.Failed],
        NumberStatus.Resting => [NumberStage.Resting],
        _ => [NumberStage.Retired],
    };
}

internal sealed class ListNumbersConsumerDefinition()
    : ServiceConsumerDefinition<ListNumbersConsumer>("number-service.list-numbers", concurrency: 8);
