using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.ProxyGateway.OptOuts;

/// <summary>Who wants no texts. Section <c>OptOuts</c>.</summary>
internal sealed class OptOutOptions
{
    public const string Section = "OptOuts";

    /// <summary>
    /// How long it is remembered that a person opted in again. Default: 7 days. Much longer than a text can be under way to
    /// Twilio: its refusal, when recorded later, must find that it is of before. Who has opted out is remembered for ever.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan StartRetention { get; init; } = TimeSpan.FromDays(7);
}

/// <summary>Checks <see cref="OptOutOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class OptOutOptionsValidator : IValidateOptions<OptOutOptions>;
