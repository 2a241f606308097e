using MassTransit;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.ServiceDefaults.Persistence;
using PhoneMasking.SyncService.Persistence;

namespace PhoneMasking.SyncService.Clients;

/// <summary>
/// Makes the provisional record of a sender whom the gateway does not know; of one who is known here, tells who it is.
/// Idempotent by the client id that the gateway gave.
/// </summary>
internal sealed partial class UnknownSenderSeenConsumer(
    SyncDbContext db,
    ClientBook book,
    TimeProvider clock,
    ILogger<UnknownSenderSeenConsumer> logger) : IConsumer<UnknownSenderSeen>
{
    public async Task Consume(ConsumeContext<UnknownSenderSeen> context)
    {
        var seen = context.Message;
        await using var transaction = await db.Database.BeginTransactionAsync(context.CancellationToken);
        await book.TakeTurnAsync(seen.OrganisationId, context.CancellationToken);
        if (await db.Clients.AnyAsync(client => client.Id == seen.ClientId, context.CancellationToken))
        {
            LogRepeated(seen.ClientId);
            return;
        }

        var known = await book.FindOwnersAsync(seen.OrganisationId, [seen.Number], context.CancellationToken);
        var provisional = Make(seen);
        db.Clients.Add(provisional);
        if (known is [var client])
        {
            await book.MergeAsync(provisional, client, context.CancellationToken);
            LogKnown(provisional.Id, client.Id);
        }
        else
        {
            provisional.SetNumbers([seen.Number]);
            book.Announce(provisional);
            LogMade(provisional.Id);
        }

        await db.SaveChangesAsync(context.CancellationToken);
        await transaction.CommitAsync(context.CancellationToken);
    }

    private Client Make(UnknownSenderSeen seen) => new()
    {
        Id = seen.ClientId,
        OrganisationId = seen.OrganisationId,
        Name = Client.Label(seen.Number),
        Provisional = true,
        Version = 1,
        CreatedAt = clock.GetStorableNow(),
    };

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Provisional client {ClientId} made")]
    private partial void LogMade(ClientId clientId);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "Sender {ProvisionalClientId} is client {ClientId}")]
    private partial void LogKnown(ClientId provisionalClientId, ClientId clientId);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "Sender {ClientId} is there already")]
    private partial void LogRepeated(ClientId clientId);
}

internal sealed class UnknownSenderSeenConsumerDefinition()
    : ServiceConsumerDefinition<UnknownSenderSeenConsumer>("sync-service.unknown-sender-seen", concurrency: 4);
