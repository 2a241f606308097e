using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Inventory;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.NumberService.Attaching;

/// <summary>Runs the Attach-Number routine again. Idempotent: a number on its way goes on at once.</summary>
internal sealed class AttachNumberConsumer(NumberDesk desk) : IConsumer<AttachNumber>
{
    public async Task Consume(ConsumeContext<AttachNumber> context)
    {
        var request = context.Message;
        var outcome = await desk.AttachAsync(request.OrganisationId, request.NumberId, context.CancellationToken);
        await outcome.AnswerAsync(context);
    }
}

internal sealed class AttachNumberConsumerDefinition()
    : ServiceConsumerDefinition<AttachNumberConsumer>("number-service.attach-number", concurrency: 4);
