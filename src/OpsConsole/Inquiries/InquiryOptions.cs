using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.OpsConsole.Inquiries;

/// <summary>How the console asks the services. Section <c>Console</c>.</summary>
internal sealed class InquiryOptions
{
    public const string Section = "Console";

    /// <summary>How long a page waits for a service before it shows that it is away. Default: 2 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:30")]
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a page waits for what the owner ordered, which may have to ask Twilio first. Default: 15 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00")]
    public TimeSpan ActionTimeout { get; init; } = TimeSpan.FromSeconds(15);
}

/// <summary>Checks <see cref="InquiryOptions"/> at start; the body is generated from the attributes.</summary>
[OptionsValidator]
internal sealed partial class InquiryOptionsValidator : IValidateOptions<InquiryOptions>;
