using PhoneMasking.ServiceDefaults.Waking;

namespace PhoneMasking.ServiceDefaults.Messaging.Outbox;

/// <summary>Wakes this instance's relay when a transaction of this instance has committed outbox rows.</summary>
public sealed class OutboxSignal : WakeSignal;
