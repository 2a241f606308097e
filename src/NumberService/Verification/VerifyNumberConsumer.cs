using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Inventory;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.NumberService.Verification;

/// <summary>Sends the test text again. Idempotent: while one is under way nothing changes.</summary>
internal sealed class VerifyNumberConsumer(NumberDesk desk) : IConsumer<VerifyNumber>
{
    public async Task Consume(ConsumeContext<VerifyNumber> context)
    {
        var request = context.Message;
        var outcome = await desk.VerifyAsync(request.OrganisationId, request.NumberId, context.CancellationToken);
        await outcome.AnswerAsync(context);
    }
}

internal sealed class VerifyNumberConsumerDefinition()
    : ServiceConsumerDefinition<VerifyNumberConsumer>("number-service.verify-number", concurrency: 4);
