using PhoneMasking.ServiceDefaults.Waking;

namespace PhoneMasking.AlertService.DeadLetters;

/// <summary>Wakes the watch over the dead letters of this process.</summary>
internal sealed class DeadLetterSignal : WakeSignal;
