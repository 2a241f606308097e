using MassTransit;
using MassTransit.Transports;

namespace PhoneMasking.ServiceDefaults.Messaging;

/// <summary>
/// Puts a message that no consumer of its queue takes among the dead letters and says which queue that was, which
/// MassTransit by itself does not.
/// </summary>
public sealed class SkippedMessages : IFilter<ReceiveContext>
{
    /// <summary>The start of the header <c>MT-Reason</c> of such a message; the queue's name follows.</summary>
    public const string ReasonPrefix = "skipped ";

    private readonly string _queue;

    internal SkippedMessages(string queue) => _queue = queue;

    /// <inheritdoc/>
    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.GetPayload<IDeadLetterTransport>().Send(context, ReasonPrefix + _queue);
    }

    /// <inheritdoc/>
    public void Probe(ProbeContext context) => context.CreateFilterScope("skipped");
}
