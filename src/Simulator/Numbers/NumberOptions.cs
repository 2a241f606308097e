using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.Simulator.Numbers;

/// <summary>The numbers the account owns at start, and where their webhooks go. Section <c>Simulator</c>.</summary>
internal sealed class NumberOptions
{
    public const string Section = "Simulator";

    /// <summary>
    /// Where texts are posted for numbers without a URL of their own. May carry <c>#rc=…&amp;rp=…</c>.
    /// </summary>
    [Url]
    public string? DefaultSmsUrl { get; init; }

    /// <summary>Where texts are posted when the first URL failed after its retries.</summary>
    [Url]
    public string? DefaultSmsFallbackUrl { get; init; }

    /// <summary>
    /// Where status callbacks go for messages that name no URL, as a Messaging Service would have it.
    /// </summary>
    [Url]
    public string? DefaultStatusCallback { get; init; }

    /// <summary>Numbers owned at start. Default: none.</summary>
    [ValidateEnumeratedItems]
    public IReadOnlyList<NumberOption> Numbers { get; init; } = [];
}

/// <summary>One number of <see cref="NumberOptions.Numbers"/>.</summary>
internal sealed class NumberOption
{
    /// <summary>The number in E.164 form.</summary>
    [Required]
    [RegularExpression(@"^\+[1-9][0-9]{6,14}$")]
    public string Number { get; init; } = "";

    /// <summary>What the phones page shows beside it. Default: the number as people write it.</summary>
    [MaxLength(64)]
    public string? FriendlyName { get; init; }

    /// <summary>Where texts to it are posted. Default: <see cref="NumberOptions.DefaultSmsUrl"/>.</summary>
    [Url]
    public string? SmsUrl { get; init; }
}

[OptionsValidator]
internal sealed partial class NumberOptionsValidator : IValidateOptions<NumberOptions>;
