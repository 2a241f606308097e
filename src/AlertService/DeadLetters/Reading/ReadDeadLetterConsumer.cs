using MassTransit;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.AlertService.DeadLetters.Settling;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.AlertService.DeadLetters.Reading;

/// <summary>Answers with one dead letter, without what it says. Changes nothing.</summary>
internal sealed class ReadDeadLetterConsumer(AlertDbContext db) : IConsumer<ReadDeadLetter>
{
    public async Task Consume(ConsumeContext<ReadDeadLetter> context)
    {
        var letter = await db.DeadLetters.AsNoTracking()
            .SingleOrDefaultAsync(one => one.Id == context.Message.DeadLetterId, context.CancellationToken);
        await context.RespondAsync(letter is null ? Refusals.UnknownDeadLetter() : (object)letter.ToView());
    }
}

internal sealed class ReadDeadLetterConsumerDefinition()
    : ServiceConsumerDefinition<ReadDeadLetterConsumer>("alert-service.read-dead-letter", concurrency: 4);
