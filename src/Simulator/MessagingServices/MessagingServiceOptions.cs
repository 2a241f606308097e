using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.Simulator.MessagingServices;

/// <summary>Limits of Messaging Services. Section <c>Simulator:MessagingServices</c>.</summary>
internal sealed class MessagingServiceOptions
{
    public const string Section = "Simulator:MessagingServices";

    /// <summary>How many numbers a service takes; one more is refused with 21714. Default: 400, as Twilio's.</summary>
    [Range(1, 10_000)]
    public int MostNumbers { get; init; } = 400;
}

[OptionsValidator]
internal sealed partial class MessagingServiceOptionsValidator : IValidateOptions<MessagingServiceOptions>;
