using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.ProxyGateway.Verification;

/// <summary>Sends the test text of a number. Idempotent: the text's id decides whether it is there already.</summary>
internal sealed class SendVerificationTextConsumer(VerificationTexts texts) : IConsumer<SendVerificationText>
{
    public async Task Consume(ConsumeContext<SendVerificationText> context)
    {
        if (await texts.AddAsync(context.Message, context.CancellationToken) is { } state)
        {
            await context.RespondAsync(state);
            return;
        }

        await context.RespondAsync(new Refused(
            RefusalKind.Conflict, "message-id-taken", "Another text has this id: give the test text a new one.", "messageId"));
    }
}

internal sealed class SendVerificationTextConsumerDefinition()
    : ServiceConsumerDefinition<SendVerificationTextConsumer>("proxy-gateway.send-verification-text", concurrency: 8);
