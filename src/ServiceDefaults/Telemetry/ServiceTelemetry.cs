using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace PhoneMasking.ServiceDefaults.Telemetry;

/// <summary>A service's one activity source and one meter, both named as its assembly.</summary>
/// <remarks>Tags and labels carry ids and closed sets, never numbers, never bodies.</remarks>
/// <param name="name">The assembly's name, for example <c>PhoneMasking.ProxyGateway</c>.</param>
public sealed class ServiceTelemetry(string name) : IDisposable
{
    /// <summary>Starts the service's own spans.</summary>
    public ActivitySource Activities { get; } = new(name);

    /// <summary>Makes the service's own instruments.</summary>
    public Meter Meter { get; } = new(name);

    /// <summary>Starts a span whose parent was stored with the work, so that one trace spans the time in between.</summary>
    /// <param name="spanName">The span's name, from a closed set.</param>
    /// <param name="kind">The span's kind.</param>
    /// <param name="traceParent">The W3C traceparent that was stored, if any.</param>
    /// <returns>The span, or none when nobody listens.</returns>
    public Activity? StartFrom(string spanName, ActivityKind kind, string? traceParent) =>
        Activities.HasListeners() && ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent)
            ? Activities.StartActivity(spanName, kind, parent)
            : null;

    /// <inheritdoc />
    public void Dispose()
    {
        Activities.Dispose();
        Meter.Dispose();
    }
}
