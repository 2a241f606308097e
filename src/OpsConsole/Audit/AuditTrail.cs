using MassTransit;
using PhoneMasking.Contracts;

namespace PhoneMasking.OpsConsole.Audit;

/// <summary>
/// Tells the audit log what happens in the console itself. Straight to the broker, which confirms: the console has no state
/// of its own that an outbox would have to keep in step with it (docs/console.md).
/// </summary>
internal sealed partial class AuditTrail(IBus bus, TimeProvider clock, ILogger<AuditTrail> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Tells it.</summary>
    /// <typeparam name="TEvent">The event of Contracts.</typeparam>
    /// <param name="happened">What happened; its time is when it did, however late the broker takes it.</param>
    /// <returns>
    /// Whether the broker has it safe. When not, that is in the log; the event may yet be published when the broker is back.
    /// </returns>
    public async Task<bool> TellAsync<TEvent>(TEvent happened)
        where TEvent : class, IAuditedEvent
    {
        try
        {
            // Not with the browser's request: it happened, whether the browser waits or not.
            await bus.Publish(happened, CancellationToken.None).WaitAsync(Patience, clock);
            return true;
        }
#pragma warning disable CA1031 // Whatever the broker lacks, the owner needs the console in trouble most of all.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogNotTold(typeof(TEvent).Name, failure.GetType().Name);
            return false;
        }
    }

    /// <summary>Where a request comes from: its IP address, behind a proxy the one that the proxy names.</summary>
    /// <param name="context">The browser's request.</param>
    public static string SourceOf(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => "an unknown address",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        var address => address.ToString(),
    };

    /// <summary>Who asks, and from where, for records that name one.</summary>
    /// <param name="context">The browser's request.</param>
    public static string AskerOf(HttpContext context) =>
        $"console ({context.User.Identity?.Name ?? "nobody"} from {SourceOf(context)})";

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "{Event} is not in the audit log: {Failure}")]
    private partial void LogNotTold(string @event, string failure);
}
