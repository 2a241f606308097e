using PhoneMasking.ServiceDefaults.Waking;

namespace PhoneMasking.ProxyGateway.Sending;

/// <summary>Wakes this instance's sending when there may be a text to send.</summary>
internal sealed class OutboundSignal : WakeSignal;
