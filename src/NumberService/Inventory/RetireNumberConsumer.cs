using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.NumberService.Inventory;

/// <summary>Gives a number up. Idempotent: what is retired stays so; the worker gives it back to Twilio.</summary>
internal sealed class RetireNumberConsumer(NumberDesk desk) : IConsumer<RetireNumber>
{
    public async Task Consume(ConsumeContext<RetireNumber> context)
    {
        var request = context.Message;
        var outcome = await desk.RetireAsync(request.OrganisationId, request.NumberId, context.CancellationToken);
        await outcome.AnswerAsync(context);
    }
}

internal sealed class RetireNumberConsumerDefinition()
    : ServiceConsumerDefinition<RetireNumberConsumer>("number-service.retire-number", concurrency: 4);
