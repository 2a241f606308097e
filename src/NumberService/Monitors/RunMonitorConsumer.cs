using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.NumberService.Monitors;

/// <summary>Runs a monitor when asked to. Idempotent by the request's id.</summary>
internal sealed partial class RunMonitorConsumer(MonitorDesk desk, ILogger<RunMonitorConsumer> logger)
    : IConsumer<RunMonitor>
{
    public async Task Consume(ConsumeContext<RunMonitor> context)
    {
        var request = context.Message;
        if (!Enum.IsDefined(request.Monitor))
        {
            await context.RespondAsync(RequestRules.Invalid(
                "unknown-monitor", $"The monitors are {string.Join(", ", Enum.GetNames<NumberMonitor>())}.", "monitor"));
            return;
        }

        var run = await desk.RunAsync(request, context.CancellationToken);
        LogRan(run.Monitor, request.RequestId, run.Decision);
        await context.RespondAsync(run);
    }

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Information,
        Message = "{Monitor} ran by request {RequestId}: {Decision}")]
    private partial void LogRan(NumberMonitor monitor, Guid requestId, MonitorDecision decision);
}

internal sealed class RunMonitorConsumerDefinition()
    : ServiceConsumerDefinition<RunMonitorConsumer>("number-service.run-monitor", concurrency: 4);
