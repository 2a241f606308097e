using System.ComponentModel.DataAnnotations;

using Microsoft.Extensions.Options;

namespace PhoneMasking.Airtable;

/// <summary>How patiently Airtable's API is called. Section <c>AirtableApi</c>.</summary>
public sealed class AirtableApiOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AirtableApi";

    /// <summary>How long one request may take in all, connecting and reading included. Default: 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long connecting may take, name resolution and TLS included. Default: 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Requests to one base a second. Default: 5, which is Airtable's limit; lower it when something else uses the base.
    /// </summary>
    [Range(1, 50)]
    public int RequestsPerSecond { get; init; } = 5;

    /// <summary>How many requests to one base may wait for their turn; more fail at once. Default: 1,000.</summary>
    [Range(1, 1_000_000)]
    public int MostWaiting { get; init; } = 1000;

    /// <summary>
    /// How long a base is left alone after a 429: Airtable refuses everything for 30 seconds. Default: 30 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RateLimitPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often a request is tried again after a 429, and, where doing it twice is the same as doing it once, after a
    /// passing failure. Default: 3.
    /// </summary>
    [Range(0, 10)]
    public int Retries { get; init; } = 3;

    /// <summary>The median wait before the first retry after a failure; doubles with each. Default: 0.5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:30")]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest wait before such a retry. Default: 15 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:02:00")]
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// After this many requests within 30 seconds, half of them without success, Airtable is not asked for
    /// <see cref="BreakDuration"/>. Default: 10.
    /// </summary>
    [Range(2, 1000)]
    public int BreakAfter { get; init; } = 10;

    /// <summary>How long Airtable is then not asked. Default: 15 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00")]
    public TimeSpan BreakDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The largest answer that is read. Default: 32 MiB; a page is 100 records.</summary>
    [Range(65_536, 268_435_456)]
    public int LargestAnswerBytes { get; init; } = 32 * 1024 * 1024;
}

/// <summary>Checks <see cref="AirtableApiOptions"/> at start; the body is generated from the attributes.</summary>
[OptionsValidator]
internal sealed partial class AirtableApiOptionsValidator : IValidateOptions<AirtableApiOptions>;
