using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.OpsConsole.Live;

/// <summary>How pages keep up with what happens. Section <c>Console</c>.</summary>
internal sealed class LiveOptions
{
    public const string Section = "Console";

    /// <summary>
    /// The least time between an event and the page's update, and between two updates. Default: 500 milliseconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan LiveInterval { get; init; } = TimeSpan.FromMilliseconds(500);
}

/// <summary>Checks <see cref="LiveOptions"/> at start; the body is generated from the attributes.</summary>
[OptionsValidator]
internal sealed partial class LiveOptionsValidator : IValidateOptions<LiveOptions>;
