using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PhoneMasking.AlertService.Failures.Recording;
using PhoneMasking.AlertService.Failures.Systemic;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.AlertService.Failures.Reading;

/// <summary>Answers with a page of failed texts, newest first, and with how things stand. Changes nothing.</summary>
internal sealed class ListFailuresConsumer(
    AlertDbContext db,
    FailureViews views,
    SystemicWatch systemic,
    IOptions<FailureOptions> options,
    TimeProvider clock) : IConsumer<ListFailures>
{
    public async Task Consume(ConsumeContext<ListFailures> context)
    {
        var request = context.Message;
        if (RequestRules.PageLimit(request.Limit) is { } refused)
        {
            await context.RespondAsync(refused);
            return;
        }

        var found = await Filtered(request)
            .OrderByDescending(failure => failure.MessageId)
            .Take(request.Limit + 1)
            .ToListAsync(context.CancellationToken);
        var items = found.Take(request.Limit).ToArray();
        await context.RespondAsync(new FailurePage(
            await views.OfAsync(items, context.CancellationToken),
            found.Count > items.Length ? items[^1].MessageId : null,
            await SummariseAsync(request.OrganisationId, context.CancellationToken)));
    }

    private IQueryable<Failure> Filtered(ListFailures request)
    {
        // By the texts' ids, which grow with time; LINQ knows no order of ids.
        var known = request.After is { } after
            ? db.Failures.FromSql($"SELECT * FROM alerts.failures WHERE message_id < {after.Value}")
            : db.Failures;
        var failures = known.AsNoTracking().Where(failure => failure.OrganisationId == request.OrganisationId);
        if (request.Class is { } failureClass)
        {
            failures = failures.Where(failure => failure.Class == failureClass);
        }

        if (request.Code is { } code)
        {
            failures = failures.Where(failure => failure.Code == code);
        }

        if (request.SitterId is { } sitter)
        {
            failures = failures.Where(failure => failure.SitterId == sitter);
        }

        return request.ClientId is { } client ? failures.Where(failure => failure.ClientId == client) : failures;
    }

    private async Task<FailureSummary> SummariseAsync(OrganisationId organisation, CancellationToken cancellationToken) => new(
        options.Value.SystemicWindow,
        await systemic.CountAsync(organisation, clock.GetUtcNow(), cancellationToken),
        options.Value.SystemicThreshold,
        await db.Retries.CountAsync(
            retry => retry.OrganisationId == organisation && retry.State == RetryState.Waiting, cancellationToken),
        await systemic.LastSummaryAsync(organisation, cancellationToken));
}

internal sealed class ListFailuresConsumerDefinition()
    : ServiceConsumerDefinition<ListFailuresConsumer>("alert-service.list-failures", concurrency: 4);
