using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Persistence;

namespace PhoneMasking.NumberService.Utilization;

/// <summary>Counts how busy the numbers are, and keeps the figures over time.</summary>
internal sealed class UtilizationLog(NumberDbContext db)
{
    /// <summary>The figures of this moment, as the transaction under way sees them.</summary>
    public async Task<UtilizationFigures> CountAsync(OrganisationId organisation, CancellationToken cancellationToken) =>
        await db.UtilizationNow.SingleOrDefaultAsync(
            figures => figures.OrganisationId == organisation, cancellationToken)
        ?? new UtilizationFigures { OrganisationId = organisation };

    /// <summary>Keeps the figures of a moment; of two at the same moment the last one.</summary>
    public Task WriteAsync(
        OrganisationId organisation,
        DateTimeOffset at,
        UtilizationView figures,
        CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO numbers.utilization (
                organisation_id, at, ready_pool_numbers, active_sessions, pending_pool_numbers, ready_standby_numbers,
                pending_standby_numbers, largest_session_count, needed_pool_numbers)
            VALUES (
                {organisation.Value}, {at}, {figures.ReadyPoolNumbers}, {figures.ActiveSessions},
                {figures.PendingPoolNumbers}, {figures.ReadyStandbyNumbers}, {figures.PendingStandbyNumbers},
                {figures.LargestSessionCount}, {figures.NeededPoolNumbers})
            ON CONFLICT (organisation_id, at) DO UPDATE SET
                ready_pool_numbers = excluded.ready_pool_numbers,
                active_sessions = excluded.active_sessions,
                pending_pool_numbers = excluded.pending_pool_numbers,
                ready_standby_numbers = excluded.ready_standby_numbers,
                pending_standby_numbers = excluded.pending_standby_numbers,
                largest_session_count = excluded.largest_session_count,
                needed_pool_numbers = excluded.needed_pool_numbers
            """,
            cancellationToken);

    /// <summary>Keeps the figures of every organisation whose figures have changed, or whose last record is old.</summary>
    /// <param name="headroom">Pool numbers wanted beyond the busiest sitter's need.</param>
    /// <param name="oldest">A last record of this time or before is old.</param>
    /// <param name="now">The time, in UTC.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>How many records were written; none when another instance is at it.</returns>
    public async Task<int> SampleAsync(
        int headroom,
        DateTimeOffset oldest,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // Two instances that look at the same time would both record the same change.
        var mine = await db.Database
            .SqlQuery<bool>($"""SELECT pg_try_advisory_xact_lock(hashtext('numbers.utilization')) AS "Value" """)
            .SingleAsync(cancellationToken);
        var written = mine ? await WriteChangesAsync(headroom, oldest, now, cancellationToken) : 0;
        await transaction.CommitAsync(cancellationToken);
        return written;
    }

    /// <summary>Thins out old records to the last one of each hour, and deletes those that are too old.</summary>
    public async Task TidyAsync(
        DateTimeOffset thinBefore,
        DateTimeOffset deleteBefore,
        CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM numbers.utilization WHERE at < {deleteBefore}", cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM numbers.utilization AS thinned
            WHERE at < {thinBefore} AND EXISTS (
                SELECT FROM numbers.utilization AS later
                WHERE later.organisation_id = thinned.organisation_id AND later.at > thinned.at
                    AND later.at < date_trunc('hour', thinned.at) + interval '1 hour')
            """,
            cancellationToken);
    }

    /// <summary>The records of a time, oldest first; of each of <paramref name="points"/> equal parts the last one.</summary>
    public async Task<IReadOnlyList<UtilizationPoint>> ReadAsync(
        OrganisationId organisation,
        DateTimeOffset from,
        DateTimeOffset to,
        int points,
        CancellationToken cancellationToken)
    {
        var part = (to - from).TotalSeconds / points;
        var moments = await db.Database
            .SqlQuery<DateTimeOffset>($"""
                SELECT max(at) AS "Value" FROM numbers.utilization
                WHERE organisation_id = {organisation.Value} AND at >= {from} AND at < {to}
                GROUP BY floor(extract(epoch FROM at - {from}) / {part})
                """)
            .ToListAsync(cancellationToken);
        var records = await db.Utilization
            .AsNoTracking()
            .Where(record => record.OrganisationId == organisation && moments.Contains(record.At))
            .OrderBy(record => record.At)
            .ToListAsync(cancellationToken);
        return [.. records.Select(record => new UtilizationPoint(record.At, record.Figures))];
    }

    private Task<int> WriteChangesAsync(
        int headroom,
        DateTimeOffset oldest,
        DateTimeOffset now,
        CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO numbers.utilization (
                organisation_id, at, ready_pool_numbers, active_sessions, pending_pool_numbers, ready_standby_numbers,
                pending_standby_numbers, largest_session_count, needed_pool_numbers)
            SELECT
                present.organisation_id, {now}, present.ready_pool_numbers, present.active_sessions,
                present.pending_pool_numbers, present.ready_standby_numbers, present.pending_standby_numbers,
                present.largest_session_count, present.largest_session_count + {headroom}
            FROM numbers.utilization_now AS present
            LEFT JOIN LATERAL (
                SELECT * FROM numbers.utilization
                WHERE utilization.organisation_id = present.organisation_id
                ORDER BY at DESC LIMIT 1) AS last ON true
            WHERE last.at IS NULL OR (last.at < {now} AND (last.at <= {oldest}
                OR (last.ready_pool_numbers, last.active_sessions, last.pending_pool_numbers, last.ready_standby_numbers,
                    last.pending_standby_numbers, last.largest_session_count, last.needed_pool_numbers)
                IS DISTINCT FROM
                    (present.ready_pool_numbers, present.active_sessions, present.pending_pool_numbers,
                    present.ready_standby_numbers, present.pending_standby_numbers, present.largest_session_count,
                    present.largest_session_count + {headroom})))
            ON CONFLICT DO NOTHING
            """,
            cancellationToken);
}
