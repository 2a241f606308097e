using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.ProxyGateway.Sessions;

/// <summary>How long sitter and client stay in touch. Section <c>Sessions</c>.</summary>
internal sealed class SessionTimeOptions
{
    public const string Section = "Sessions";

    /// <summary>
    /// How long after the last interaction a session ends. Default: 14 days (1,209,600 s). A larger pool is needed for
    /// a longer time.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How often ended sessions are looked for. Default: one minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan ExpiryInterval { get; init; } = TimeSpan.FromMinutes(1);
}

/// <summary>Checks <see cref="SessionTimeOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class SessionTimeOptionsValidator : IValidateOptions<SessionTimeOptions>;
