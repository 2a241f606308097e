using PhoneMasking.ServiceDefaults.Waking;

namespace PhoneMasking.NumberService.Provisioning;

/// <summary>Wakes this instance's worker when a number may have something to be done.</summary>
internal sealed class ProvisioningSignal : WakeSignal;
