using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.AlertService.Audit;

/// <summary>Which records a request is about.</summary>
internal static class AuditQuery
{
    private const string Escape = @"\";

    /// <summary>Says what is wrong with the filters; none when all is well.</summary>
    public static Refused? Check(ListAudit request)
    {
        if (request.Event is { Length: > 0 } name && !AuditWords.Events.Contains(name))
        {
            return RequestRules.Invalid("unknown-event", "There is no such event: write it as in the audit log, for example SessionOpened.", "event");
        }

        if (request.Category is { } category && !AuditWords.Categories.Contains(category))
        {
            return RequestRules.Invalid("unknown-category", $"A category is one of: {string.Join(", ", AuditWords.Categories)}.", "category");
        }

        if (request.Severity is { } severity && !AuditWords.Severities.Contains(severity))
        {
            return RequestRules.Invalid("unknown-severity", $"A severity is one of: {string.Join(", ", AuditWords.Severities)}.", "severity");
        }

        return request.From >= request.Until
            ? RequestRules.Invalid("empty-range", "The end must be later than the beginning.", "until")
            : RequestRules.Search(request.Search);
    }

    /// <summary>The records that fit, in no order.</summary>
    public static IQueryable<AuditRecord> Of(DbSet<AuditRecord> audit, ListAudit request)
    {
        var records = audit.AsNoTracking().Where(record => record.OrganisationId == request.OrganisationId);
        if (request.Event is { Length: > 0 } name)
        {
            records = records.Where(record => record.Event == name);
        }

        // Both are words of closed sets, written into the statement: only then the database can tell that the small index does.
        if (request.Category is { } category)
        {
            records = records.Where(record => record.Category == EF.Constant(category));
        }

        if (request.Severity is { } severity)
        {
            records = records.Where(record => record.Severity == EF.Constant(severity));
        }

        if (request.From?.ToUniversalTime() is { } from)
        {
            records = records.Where(record => record.OccurredAt >= from);
        }

        if (request.Until?.ToUniversalTime() is { } until)
        {
            records = records.Where(record => record.OccurredAt < until);
        }

        return Search(Concerning(records, request), request.Search?.Trim());
    }

    private static IQueryable<AuditRecord> Concerning(IQueryable<AuditRecord> records, ListAudit request)
    {
        if (request.SitterId is { } sitter)
        {
            records = records.Where(record => record.SitterId == sitter);
        }

        if (request.ClientId is { } client)
        {
            records = records.Where(record => record.ClientId == client);
        }

        if (request.NumberId is { } number)
        {
            records = records.Where(record => record.NumberId == number);
        }

        if (request.SessionId is { } session)
        {
            records = records.Where(record => record.SessionId == session);
        }

        if (request.MessageId is { } message)
        {
            records = records.Where(record => record.MessageId == message);
        }

        return request.ApiKeyId is { } key ? records.Where(record => record.ApiKeyId == key) : records;
    }

    // People read "Session opened" and "sitter removed" where the log has SessionOpened and sitter-removed.
    private static IQueryable<AuditRecord> Search(IQueryable<AuditRecord> records, string? search)
    {
        if (string.IsNullOrEmpty(search))
        {
            return records;
        }

        var text = RequestRules.LikePattern(search);
        var joined = RequestRules.LikePattern(search.Replace(" ", string.Empty, StringComparison.Ordinal));
        var hyphenated = RequestRules.LikePattern(search.Replace(' ', '-'));
        return records.Where(record =>
            EF.Functions.ILike(record.Event, joined, Escape)
            || EF.Functions.ILike(record.Reason!, text, Escape)
            || EF.Functions.ILike(record.Reason!, hyphenated, Escape)
            || EF.Functions.ILike(record.Details!, text, Escape));
    }
}
