using MassTransit;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.NumberService.Inventory;

/// <summary>Answers with one number and its history. Changes nothing.</summary>
internal sealed class ReadNumberConsumer(NumberDbContext db) : IConsumer<ReadNumber>
{
    private const int MaxHistory = 200;

    public async Task Consume(ConsumeContext<ReadNumber> context)
    {
        var request = context.Message;
        var number = await db.Numbers
            .AsNoTracking()
            .SingleOrDefaultAsync(
                found => found.Id == request.NumberId && found.OrganisationId == request.OrganisationId,
                context.CancellationToken);
        if (number is null)
        {
            await context.RespondAsync(NumberRefusals.UnknownNumber());
            return;
        }

        var history = await db.History
            .AsNoTracking()
            .Where(entry => entry.NumberId == request.NumberId)
            .OrderByDescending(entry => entry.Version)
            .Take(MaxHistory)
            .ToListAsync(context.CancellationToken);
        await context.RespondAsync(new NumberDetail(number.ToView(), [.. history.Select(entry => entry.ToView())]));
    }
}

internal sealed class ReadNumberConsumerDefinition()
    : ServiceConsumerDefinition<ReadNumberConsumer>("number-service.read-number", concurrency: 8);
