using System.ComponentModel.DataAnnotations;

using Microsoft.Extensions.Options;

namespace PhoneMasking.Twilio;

/// <summary>How patiently Twilio's API is called. Section <c>TwilioApi</c>.</summary>
public sealed class TwilioApiOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "TwilioApi";

    /// <summary>How long one request may take in all, connecting and reading included. Default: 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00")]
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long connecting may take, name resolution and TLS included. Default: 3 seconds. A send that fails here is
    /// known not to have left, so shorter than <see cref="RequestTimeout"/> is better.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The most connections to one host. Default: 1,024. At least sends per second × Twilio's answer time in seconds.
    /// </summary>
    [Range(1, 16_384)]
    public int MaxConnections { get; init; } = 1024;

    /// <summary>
    /// How long a connection is used before it is replaced, so that DNS changes are seen. Default: 5 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan ConnectionLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long an unused connection is kept. Default: 30 seconds. Must be shorter than the other side keeps it, or a
    /// send now and then meets a connection that is just being closed, and its outcome is unknown.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ConnectionIdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often a read, or a change that may be made twice, is tried again after a passing failure. Default: 3. What
    /// must not happen twice (sends, purchases, new services) never is.
    /// </summary>
    [Range(0, 10)]
    public int ReadRetries { get; init; } = 3;

    /// <summary>
    /// The median wait before the first retry; doubles with each. Default: 200 milliseconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:30")]
    public TimeSpan ReadRetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// The longest wait before a retry. Default: 10 seconds. When Twilio asks for more, the call fails instead.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:02:00")]
    public TimeSpan ReadRetryMaxDelay { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>Checks <see cref="TwilioApiOptions"/> at start; the body is generated from the attributes.</summary>
[OptionsValidator]
internal sealed partial class TwilioApiOptionsValidator : IValidateOptions<TwilioApiOptions>;
