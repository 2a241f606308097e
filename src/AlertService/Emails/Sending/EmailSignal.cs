using PhoneMasking.ServiceDefaults.Waking;

namespace PhoneMasking.AlertService.Emails.Sending;

/// <summary>Wakes the e-mail sender of this process.</summary>
internal sealed class EmailSignal : WakeSignal;
