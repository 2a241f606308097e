using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.NumberService.Resting;

/// <summary>How long a number rests that was taken from somebody. Section <c>Numbers</c>.</summary>
internal sealed class RestOptions
{
    public const string Section = "Numbers";

    /// <summary>
    /// How long nobody new gets the number, so that an old thread does not reach a new person. Default: 14 days, a
    /// session's life. 0: it is Ready at once.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan CoolOff { get; init; } = TimeSpan.FromDays(14);
}

/// <summary>Checks <see cref="RestOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class RestOptionsValidator : IValidateOptions<RestOptions>;
