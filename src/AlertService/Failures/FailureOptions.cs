using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace PhoneMasking.AlertService.Failures;

/// <summary>Which column of the table of codes is in force.</summary>
internal enum FailureTable
{
    /// <summary>What the product's owner asked for: 30002 to 30005 are temporary.</summary>
    Required,

    /// <summary>What Twilio's descriptions of the codes suggest.</summary>
    Recommended,
}

/// <summary>What follows from texts that fail. Section <c>Failures</c>.</summary>
internal sealed class FailureOptions
{
    public const string Section = "Failures";

    /// <summary>The table. Default: Required.</summary>
    public FailureTable Table { get; init; } = FailureTable.Required;

    /// <summary>Classes of single codes, which win over the table: <c>Failures:Classes:30008</c> = <c>permanent</c>.</summary>
    public Dictionary<string, string> Classes { get; init; } = [];

    /// <summary>Codes that tell of the whole account, separated by commas. Codes of class Systemic count as such anyway.</summary>
    [Required(AllowEmptyStrings = true)]
    public string AccountCodes { get; init; } = "20003,30002,30033,30037";

    /// <summary>
    /// Codes that tell of the receiver's phone, separated by commas: when it is a sitter's, the owner hears of it, not the
    /// sitter, whom no text reaches.
    /// </summary>
    [Required(AllowEmptyStrings = true)]
    public string SitterPhoneCodes { get; init; } = "21211,21610,21612,21614,21635,30003,30004,30005,30006";

    /// <summary>How long after a temporary failure the text is sent once more. Default: 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long after it fell due a retry may still go out, whatever held it up. Default: one day, as long as the gateway
    /// tries to hand over any text.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan RetryNotAfter { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How often retries are looked for that fell due. Default: one second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:05:00")]
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>More permanent failures than this within <see cref="SystemicWindow"/> are told to the owner. Default: 5.</summary>
    [Range(0, 100_000)]
    public int SystemicThreshold { get; init; } = 5;

    /// <summary>The sliding window, and the least time between two summaries. Default: 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "7.00:00:00")]
    public TimeSpan SystemicWindow { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Least time between two alerts to one sitter about one client. Default: one hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan SitterAlertInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The most alerts to one sitter within <see cref="SitterAlertInterval"/>. Default: 5; 0: none at all.</summary>
    [Range(0, 1_000)]
    public int SitterAlertLimit { get; init; } = 5;

    /// <summary>Least time between two e-mails about one sitter's phone. Default: one hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan SitterUnreachableInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Least time between two e-mails about one code of the account. Default: 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan AccountBlockedInterval { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long failures are kept; not shorter than <see cref="SystemicWindow"/>. Default: 90 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(90);

    /// <summary>
    /// How long it is remembered which texts arrived, for reports of failure that come after that. They come within seconds,
    /// or as late as a queue was left standing. Default: one day.
    /// </summary>
    [Range(typeof(TimeSpan), "00:10:00", "30.00:00:00")]
    public TimeSpan ArrivalRetention { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How often older ones are deleted, give or take a quarter. Default: one hour.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan CleaningInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The codes of a setting that was found right.</summary>
    public static IEnumerable<int> CodesOf(string setting) => Parts(setting)
        .Select(part => int.Parse(part, CultureInfo.InvariantCulture));

    /// <summary>The parts of a setting that lists codes.</summary>
    public static string[] Parts(string setting) =>
        setting.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>Checks the ranges of <see cref="FailureOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class FailureRangesValidator : IValidateOptions<FailureOptions>;
