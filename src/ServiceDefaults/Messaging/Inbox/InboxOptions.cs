using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.ServiceDefaults.Messaging.Inbox;

/// <summary>How long the inbox remembers messages. Section <c>Inbox</c>.</summary>
internal sealed class InboxOptions
{
    public const string Section = "Inbox";

    /// <summary>
    /// How long a message is known after its effect; a copy that comes later has its effect again. Copies come within
    /// seconds, or as late as a queue was left standing. Default: 14 days.
    /// </summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "365.00:00:00")]
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How often older ones are deleted, give or take a quarter. Default: one hour.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan CleaningInterval { get; init; } = TimeSpan.FromHours(1);
}

/// <summary>Checks <see cref="InboxOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class InboxOptionsValidator : IValidateOptions<InboxOptions>;
