using MassTransit;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.ServiceDefaults.Messaging.Inbox;

/// <summary>Gives a message its effect once, for consumers that are not idempotent by their state.</summary>
public static class Inbox
{
    /// <summary>
    /// Marks the message as consumed in the transaction that is open on <paramref name="db"/>; commit it together with the
    /// effect. A delivery that runs at the same time waits here for the other one to end.
    /// </summary>
    /// <param name="db">The service's context, with a transaction open.</param>
    /// <param name="context">The message.</param>
    /// <param name="consumer">The consumer's name, its queue's for example.</param>
    /// <param name="now">The time, in UTC.</param>
    /// <returns><see langword="false"/> when its effect is there already: do nothing.</returns>
    /// <exception cref="InvalidOperationException">No transaction is open, or the message has no id.</exception>
    public static async Task<bool> TryBeginAsync(
        ServiceDbContext db,
        ConsumeContext context,
        string consumer,
        DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(context);
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("The inbox needs the transaction that commits the message's effect.");
        }

        var id = context.MessageId ?? throw new InvalidOperationException("The message has no id.");
        var table = db.Model.FindEntityType(typeof(InboxMessage))!.GetSchemaQualifiedTableName();
#pragma warning disable EF1002 // The table's name comes from the model, never from outside.
        var inserted = await db.Database.ExecuteSqlRawAsync(
            $"INSERT INTO {table} (id, consumer, received_at) VALUES ({{0}}, {{1}}, {{2}}) ON CONFLICT DO NOTHING",
            [id, consumer, now],
            context.CancellationToken);
#pragma warning restore EF1002
        return inserted == 1;
    }
}
