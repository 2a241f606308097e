using MassTransit;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.AlertService.DeadLetters.Reading;

/// <summary>Answers with a page of the dead letters, newest first. Changes nothing.</summary>
internal sealed class ListDeadLettersConsumer(AlertDbContext db) : IConsumer<ListDeadLetters>
{
    public async Task Consume(ConsumeContext<ListDeadLetters> context)
    {
        var request = context.Message;
        if (RequestRules.PageLimit(request.Limit) is { } refused)
        {
            await context.RespondAsync(refused);
            return;
        }

        var letters = db.DeadLetters.AsNoTracking();
        var open = await letters.CountAsync(letter => letter.State == DeadLetterState.Open, context.CancellationToken);
        if (request.After is { } after)
        {
            letters = letters.Where(letter => letter.Id < after);
        }

        if (request.State is { } state)
        {
            letters = letters.Where(letter => letter.State == state);
        }

        if (!string.IsNullOrEmpty(request.Queue))
        {
            letters = letters.Where(letter => letter.Queue == request.Queue);
        }

        // All but the content, which is never shown.
        var found = await letters
            .OrderByDescending(letter => letter.Id)
            .Take(request.Limit + 1)
            .Select(letter => new DeadLetterView(
                letter.Id, letter.Queue, letter.Type, letter.MessageId, letter.Reason, letter.Fault, letter.Details,
                letter.SentBefore, letter.State, letter.DiedAt, letter.SettledAt, letter.SettledBy, letter.Why))
            .ToListAsync(context.CancellationToken);
        var items = found.Take(request.Limit).ToArray();
        await context.RespondAsync(new DeadLetterPage(items, found.Count > items.Length ? items[^1].Id : null, open));
    }
}

internal sealed class ListDeadLettersConsumerDefinition()
    : ServiceConsumerDefinition<ListDeadLettersConsumer>("alert-service.list-dead-letters", concurrency: 4);
