using System.Text;
using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.AlertService.DeadLetters;

/// <summary>
/// Keeps messages that RabbitMQ gave up delivering, whatever they are, and says so. Idempotent: message and queue are the
/// row's key.
/// </summary>
internal sealed partial class DeadLetterConsumer(
    AlertDbContext db,
    DeadLetterMetrics metrics,
    TimeProvider clock,
    ILogger<DeadLetterConsumer> logger) : IConsumer<JsonObject>
{
    private const string Unknown = "unknown";

    public async Task Consume(ConsumeContext<JsonObject> context)
    {
        var id = context.MessageId ?? throw new UnrecoverableMessageException("A dead letter has no message id");
        var type = context.SupportedMessageTypes.FirstOrDefault()?.Split(':')[^1] ?? Unknown;
        var queue = Header(context, "x-first-death-queue");
        var reason = Header(context, "x-first-death-reason");

        // Not GetString(): it names the body's type instead of reading it.
        var body = Encoding.UTF8.GetString(context.ReceiveContext.Body.GetBytes());
        var added = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO alerts.dead_letters (message_id, queue, type, reason, body, received_at)
            VALUES ({id}, {queue}, {type}, {reason}, {body}, {clock.GetUtcNow()})
            ON CONFLICT DO NOTHING
            """,
            context.CancellationToken);
        if (added == 1)
        {
            metrics.Count(queue, reason);
            LogKept(type, id, queue, reason);
        }
    }

    private static string Header(ConsumeContext context, string name) =>
        context.ReceiveContext.TransportHeaders.Get<string>(name) ?? Unknown;

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Error,
        Message = "{Type} {MessageId} taken out of {Queue} and kept as a dead letter: {Reason}")]
    private partial void LogKept(string type, Guid messageId, string queue, string reason);
}

internal sealed class DeadLetterConsumerDefinition()
    : ServiceConsumerDefinition<DeadLetterConsumer>(BusRegistration.DeadLetters, concurrency: 4)
{
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<DeadLetterConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        // Only what RabbitMQ puts here comes here: nothing publishes to this queue.
        endpointConfigurator.ConfigureConsumeTopology = false;
        base.ConfigureConsumer(endpointConfigurator, consumerConfigurator, context);
    }
}
