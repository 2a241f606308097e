using Microsoft.EntityFrameworkCore;
using PhoneMasking.AlertService.Failures.Classifying;
using PhoneMasking.AlertService.Failures.Recording;
using PhoneMasking.AlertService.Failures.Retrying;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;

namespace PhoneMasking.AlertService.Failures.Reading;

/// <summary>Shows failures with their retries and with the names of those concerned.</summary>
internal sealed class FailureViews(AlertDbContext db)
{
    /// <summary>Shows failures, in the order given.</summary>
    public async Task<IReadOnlyList<FailureView>> OfAsync(
        IReadOnlyList<Failure> failures, CancellationToken cancellationToken)
    {
        var texts = failures.Select(failure => failure.MessageId).ToArray();
        var retries = await db.Retries.AsNoTracking()
            .Where(retry => texts.Contains(retry.MessageId))
            .ToDictionaryAsync(retry => retry.MessageId, cancellationToken);
        var sitterIds = failures.Select(failure => failure.SitterId).OfType<SitterId>().Distinct().ToArray();
        var sitters = await db.Sitters.AsNoTracking()
            .Where(sitter => sitterIds.Contains(sitter.SitterId))
            .ToDictionaryAsync(sitter => sitter.SitterId, sitter => sitter.Name, cancellationToken);
        var clientIds = failures.Select(failure => failure.ClientId).OfType<ClientId>().Distinct().ToArray();
        var clients = await db.Clients.AsNoTracking()
            .Where(client => clientIds.Contains(client.ClientId))
            .ToDictionaryAsync(client => client.ClientId, client => client.Name, cancellationToken);
        return
        [
            .. failures.Select(failure => View(
                failure,
                retries.GetValueOrDefault(failure.MessageId),
                failure.SitterId is { } sitter ? sitters.GetValueOrDefault(sitter) : null,
                failure.ClientId is { } client ? clients.GetValueOrDefault(client) : null)),
        ];
    }

    private static FailureView View(Failure failure, PlannedRetry? retry, string? sitter, string? client) => new(
        failure.MessageId,
        failure.OccurredAt,
        failure.Code,
        ErrorCodes.MeaningOf(failure.Code),
        failure.Class,
        failure is { IsPermanent: true, ArrivedAt: null },
        failure.Outcome,
        failure.Direction,
        failure.SessionId,
        failure.SitterId,
        sitter,
        failure.ClientId,
        client,
        failure.RetryOf,
        retry?.State,
        retry?.DueAt,
        retry?.Reason,
        failure.Alert);
}
