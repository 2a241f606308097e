using MassTransit;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.NumberService.Sitters;

/// <summary>Answers with one sitter. Changes nothing.</summary>
internal sealed class ReadSitterConsumer(NumberDbContext db) : IConsumer<ReadSitter>
{
    public async Task Consume(ConsumeContext<ReadSitter> context)
    {
        var request = context.Message;
        var sitter = await db.Sitters
            .AsNoTracking()
            .Include(found => found.Reserved)
            .SingleOrDefaultAsync(
                found => found.Id == request.SitterId && found.OrganisationId == request.OrganisationId,
                context.CancellationToken);
        SitterOutcome outcome = sitter is null
            ? new SitterOutcome.No(Refusals.UnknownSitter())
            : new SitterOutcome.Done(sitter.ToView());
        await outcome.AnswerAsync(context);
    }
}

internal sealed class ReadSitterConsumerDefinition()
    : ServiceConsumerDefinition<ReadSitterConsumer>("number-service.read-sitter", concurrency: 8);
