using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.ProxyGateway.Verification;

/// <summary>Answers where the test text of a number stands. Reads only.</summary>
internal sealed class ReadVerificationTextConsumer(VerificationTexts texts) : IConsumer<ReadVerificationText>
{
    public async Task Consume(ConsumeContext<ReadVerificationText> context)
    {
        var request = context.Message;
        if (await texts.ReadAsync(request.OrganisationId, request.MessageId, context.CancellationToken) is { } state)
        {
            await context.RespondAsync(state);
            return;
        }

        await context.RespondAsync(new Refused(
            RefusalKind.NotFound, "unknown-verification-text", "There is no test text with this id.", "messageId"));
    }
}

internal sealed class ReadVerificationTextConsumerDefinition()
    : ServiceConsumerDefinition<ReadVerificationTextConsumer>("proxy-gateway.read-verification-text", concurrency: 8);
