namespace PhoneMasking.ProxyGateway.Routing;

/// <summary>
/// Routes what this instance has just stored, without the way over the bus: it saves a lone text most of its time, and goes on
/// while the broker is away. The command in the outbox stays the promise; it is published when this has not done what it asks
/// for within <see cref="HeadStart"/>, as when the process died (docs/adr/0019).
/// </summary>
internal sealed partial class PromptRouting(ConversationRouter router, TimeProvider clock, ILogger<PromptRouting> logger)
{
    /// <summary>How long the command is not published. What has not begun by then is left to the bus.</summary>
    public static readonly TimeSpan HeadStart = TimeSpan.FromSeconds(2);

    /// <summary>Begins, and does not wait for the end.</summary>
    /// <param name="conversations">What was stored.</param>
    /// <param name="command">The command in the outbox, committed, that has these conversations routed.</param>
    public void Start(long[] conversations, Guid command) => _ = RouteAsync(conversations, command);

    private async Task RouteAsync(long[] conversations, Guid command)
    {
        try
        {
            using var headStart = new CancellationTokenSource(HeadStart, clock);
            await router.RouteAsync(conversations, command, headStart.Token);
        }
#pragma warning disable CA1031 // Whatever it is: the command is still there.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogFailed(command, failure.GetType().Name);
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Command {CommandId} is left to the bus: {Failure}")]
    private partial void LogFailed(Guid commandId, string failure);
}
