using Microsoft.EntityFrameworkCore;
using Npgsql;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.AlertService.Audit;

/// <summary>Reads the audit log, newest first. Every reading is bounded, in lines and in time.</summary>
internal sealed class AuditReader(AlertDbContext db)
{
    // Whoever asks waits five seconds for the answer.
    private const string TimeLimit = "SET LOCAL statement_timeout = '3s'";

    /// <summary>Reads a page.</summary>
    /// <returns>An <see cref="AuditPage"/>, or why there is none.</returns>
    public async Task<object> PageAsync(ListAudit request, CancellationToken cancellationToken)
    {
        if ((RequestRules.PageLimit(request.Limit) ?? AuditQuery.Check(request)) is { } refused)
        {
            return refused;
        }

        var records = AuditQuery.Of(db.Audit, request);
        if (request.After is { } after)
        {
            var last = await db.Audit.AsNoTracking()
                .Where(record => record.Id == after && record.OrganisationId == request.OrganisationId)
                .Select(record => new { record.OccurredAt })
                .SingleOrDefaultAsync(cancellationToken);
            if (last is null)
            {
                return RequestRules.Invalid("unknown-page", "Pass the next of the page before.", "after");
            }

            records = records.Where(record => EF.Functions.LessThan(
                ValueTuple.Create(record.OccurredAt, record.Id), ValueTuple.Create(last.OccurredAt, after)));
        }

        return await LimitedAsync(
            async () =>
            {
                var found = await records
                    .OrderByDescending(record => record.OccurredAt)
                    .ThenByDescending(record => record.Id)
                    .Take(request.Limit + 1)
                    .ToListAsync(cancellationToken);
                var items = found.Take(request.Limit).Select(record => record.ToView()).ToArray();
                return new AuditPage(items, found.Count > items.Length ? items[^1].Id : null);
            },
            cancellationToken);
    }

    /// <summary>Counts what an export would hold.</summary>
    /// <returns>An <see cref="AuditExportBegun"/>, or why there may be none.</returns>
    public async Task<object> CountAsync(ListAudit request, CancellationToken cancellationToken) =>
        AuditQuery.Check(request) is { } refused
            ? refused
            : await LimitedAsync(
                async () => await AuditQuery.Of(db.Audit, request)
                    .OrderByDescending(record => record.OccurredAt)
                    .ThenByDescending(record => record.Id)
                    .Take(AuditWords.MostExported + 1)
                    .CountAsync(cancellationToken) is var count and <= AuditWords.MostExported
                    ? new AuditExportBegun(count)
                    : RequestRules.Invalid(
                        "export-too-large", $"More than {AuditWords.MostExported} records fit: name a shorter time.", "from"),
                cancellationToken);

    private async Task<object> LimitedAsync(Func<Task<object>> read, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.Database.ExecuteSqlRawAsync(TimeLimit, cancellationToken);
            return await read();
        }
        catch (Exception failure) when (
            failure.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled }
            && !cancellationToken.IsCancellationRequested)
        {
            return RequestRules.Invalid(
                "search-too-wide", "This takes too long: name a shorter time, or one more filter.", "from");
        }
    }
}
