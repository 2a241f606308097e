using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PhoneMasking.ServiceDefaults.Messaging.Outbox;

/// <summary>Wakes the relay after each commit made through EF Core.</summary>
internal sealed class OutboxInterceptor(OutboxSignal signal) : ISaveChangesInterceptor, IDbTransactionInterceptor
{
    public ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData,
        int result,
        CancellationToken cancellationToken = default)
    {
        if (eventData.Context?.Database.CurrentTransaction is null)
        {
            signal.Wake();
        }

        return ValueTask.FromResult(result);
    }

    public Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default)
    {
        signal.Wake();
        return Task.CompletedTask;
    }
}
