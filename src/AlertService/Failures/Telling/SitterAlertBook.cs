using Microsoft.EntityFrameworkCore;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;

namespace PhoneMasking.AlertService.Failures.Telling;

/// <summary>Keeps what became of alerts to sitters. In any order and repeatedly: one that was sent stays sent.</summary>
internal sealed class SitterAlertBook(AlertDbContext db)
{
    /// <summary>The alert goes out.</summary>
    /// <returns>Whether that is news.</returns>
    public async Task<bool> SentAsync(MessageId alert, CancellationToken cancellationToken) => await db.Failures
        .Where(failure => failure.AlertId == alert && (!failure.AlertSettled || failure.Alert == FailureAlert.Dropped))
        .ExecuteUpdateAsync(
            update => update
                .SetProperty(failure => failure.Alert, FailureAlert.Sitter)
                .SetProperty(failure => failure.AlertSettled, true),
            cancellationToken) > 0;

    /// <summary>The sitter could not be told.</summary>
    /// <returns>Whether that is news.</returns>
    public async Task<bool> DroppedAsync(MessageId alert, CancellationToken cancellationToken) => await db.Failures
        .Where(failure => failure.AlertId == alert && !failure.AlertSettled)
        .ExecuteUpdateAsync(
            update => update
                .SetProperty(failure => failure.Alert, FailureAlert.Dropped)
                .SetProperty(failure => failure.AlertSettled, true),
            cancellationToken) > 0;
}
