using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PhoneMasking.AlertService.Emails;
using PhoneMasking.AlertService.Emails.Writing;
using PhoneMasking.AlertService.Failures.Classifying;
using PhoneMasking.AlertService.Failures.Recording;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;

namespace PhoneMasking.AlertService.Failures.Systemic;

/// <summary>Tells the owner by one summary when more texts fail for good than an accident explains.</summary>
internal sealed class SystemicWatch(AlertDbContext db, OwnerMail mail, IOptions<FailureOptions> options)
{
    /// <summary>The summary's template.</summary>
    public const string Template = "systemic-failures";

    private const string Topic = "failures";
    private const int MostLines = 10;

    private TimeSpan Window => options.Value.SystemicWindow;

    /// <summary>Queues the summary, in the open transaction, when a failure is one too many and none was written lately.</summary>
    /// <param name="failure">The failure; saved, not committed.</param>
    /// <param name="now">The time, in UTC.</param>
    /// <param name="cancellationToken">Ends the statements.</param>
    /// <returns>Whether it was queued.</returns>
    public async Task<bool> CheckAsync(Failure failure, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var organisation = failure.OrganisationId;
        if (await WasToldAsync(organisation, now, cancellationToken))
        {
            return false;
        }

        // Before counting, and until the commit: two failures at once would each count without the other.
        var key = $"systemic:{organisation}";
        await db.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtextextended({key}, 0))", cancellationToken);
        if (await WasToldAsync(organisation, now, cancellationToken)
            || await CountAsync(organisation, now, cancellationToken) <= options.Value.SystemicThreshold)
        {
            return false;
        }

        return await mail.QueueAsync(
            organisation,
            await SumUpAsync(organisation, now, cancellationToken),
            failure.MessageId.ToString(),
            new EmailLimit(Topic, Window),
            now,
            cancellationToken);
    }

    /// <summary>Permanent failures within the window.</summary>
    public Task<int> CountAsync(OrganisationId organisation, DateTimeOffset now, CancellationToken cancellationToken) =>
        Counted(organisation, now).CountAsync(cancellationToken);

    /// <summary>When the last summary was written, if ever.</summary>
    public Task<DateTimeOffset?> LastSummaryAsync(OrganisationId organisation, CancellationToken cancellationToken) =>
        mail.LastAsync(organisation, Template, Topic, cancellationToken);

    private async Task<bool> WasToldAsync(
        OrganisationId organisation, DateTimeOffset now, CancellationToken cancellationToken) =>
        await LastSummaryAsync(organisation, cancellationToken) > now - Window;

    private IQueryable<Failure> Counted(OrganisationId organisation, DateTimeOffset now)
    {
        var since = now - Window;
        return db.Failures.AsNoTracking().Where(failure =>
            failure.OrganisationId == organisation
            && failure.IsPermanent
            && failure.ArrivedAt == null
            && failure.OccurredAt > since);
    }

    private async Task<SystemicFailuresEmail> SumUpAsync(
        OrganisationId organisation, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var counted = Counted(organisation, now);
        var codes = await counted.GroupBy(failure => failure.Code)
            .Select(group => new { Code = group.Key, Count = group.Count() })
            .OrderByDescending(group => group.Count).ThenBy(group => group.Code)
            .Take(MostLines)
            .ToListAsync(cancellationToken);
        var numbers = await counted.Where(failure => failure.Number != null).GroupBy(failure => failure.Number)
            .Select(group => new { Number = group.Key, Count = group.Count() })
            .OrderByDescending(group => group.Count).ThenBy(group => group.Number)
            .Take(MostLines)
            .ToListAsync(cancellationToken);
        var sitters = await counted.Where(failure => failure.SitterId != null).GroupBy(failure => failure.SitterId)
            .Select(group => new
            {
                Name = db.Sitters.Where(known => known.SitterId == group.Key).Select(known => known.Name).FirstOrDefault(),
                Count = group.Count(),
            })
            .OrderByDescending(group => group.Count).ThenBy(group => group.Name)
            .Take(MostLines)
            .ToListAsync(cancellationToken);
        var all = await counted.GroupBy(_ => 1)
            .Select(group => new
            {
                Total = group.Count(),
                First = group.Min(failure => failure.OccurredAt),
                Last = group.Max(failure => failure.OccurredAt),
            })
            .ToListAsync(cancellationToken);
        return new SystemicFailuresEmail(
            all[0].Total,
            Window,
            all[0].First,
            all[0].Last,
            [.. codes.Select(one => new FailuresOfCode(one.Code, ErrorCodes.MeaningOf(one.Code), one.Count))],
            [.. numbers.Select(one => new FailuresOfNumber(one.Number!, one.Count))],
            [.. sitters.Select(one => new FailuresOfSitter(one.Name ?? "A sitter who is not known here", one.Count))],
            [.. SystemicChecks.For(codes.Select(one => one.Code))]);
    }
}
