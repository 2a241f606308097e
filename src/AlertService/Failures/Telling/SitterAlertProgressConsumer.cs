using MassTransit;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.AlertService.Failures.Telling;

/// <summary>Keeps what became of alerts to sitters. Idempotent and in any order: one that was sent stays sent.</summary>
internal sealed class SitterAlertProgressConsumer(AlertDbContext db, FailureMetrics metrics) :
    IConsumer<SitterAlerted>,
    IConsumer<SitterAlertDropped>
{
    public async Task Consume(ConsumeContext<SitterAlerted> context)
    {
        var alert = context.Message.AlertId;
        var changed = await db.Failures
            .Where(failure => failure.AlertId == alert && (!failure.AlertSettled || failure.Alert == FailureAlert.Dropped))
            .ExecuteUpdateAsync(
                update => update
                    .SetProperty(failure => failure.Alert, FailureAlert.Sitter)
                    .SetProperty(failure => failure.AlertSettled, true),
                context.CancellationToken);
        if (changed > 0)
        {
            metrics.CountAlert("sitter-sent");
        }
    }

    public async Task Consume(ConsumeContext<SitterAlertDropped> context)
    {
        var alert = context.Message.AlertId;
        var changed = await db.Failures
            .Where(failure => failure.AlertId == alert && !failure.AlertSettled)
            .ExecuteUpdateAsync(
                update => update
                    .SetProperty(failure => failure.Alert, FailureAlert.Dropped)
                    .SetProperty(failure => failure.AlertSettled, true),
                context.CancellationToken);
        if (changed > 0)
        {
            metrics.CountAlert("sitter-dropped");
        }
    }
}

internal sealed class SitterAlertProgressConsumerDefinition()
    : ServiceConsumerDefinition<SitterAlertProgressConsumer>("alert-service.sitter-alert-progress", concurrency: 4);
