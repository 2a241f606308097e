using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.ProxyGateway.ApiKeys;

/// <summary>How keys of the public API may be used. Section <c>ApiKeys</c>.</summary>
internal sealed class ApiKeyOptions
{
    public const string Section = "ApiKeys";

    /// <summary>Requests that one key may make in a minute on one instance. Default: 1,200.</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerMinute { get; init; } = 1_200;

    /// <summary>
    /// Wrong keys that one client address (of IPv6 one /64 network) may send in a minute before it gets 429 instead of 401.
    /// Default: 30.
    /// </summary>
    [Range(1, 100_000)]
    public int FailuresPerMinute { get; init; } = 30;

    /// <summary>How exactly a key's last use is recorded: at most one write in this time. Default: one minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LastUsedInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// A fixed key with every scope, for trying the product: <c>pmk_</c> and 42 letters and digits. Only together with
    /// <c>SampleData:Enabled</c>, and only in the environment Development. Default: none.
    /// </summary>
    public string? DevelopmentKey { get; init; }
}

/// <summary>Checks the ranges of <see cref="ApiKeyOptions"/> at start; the body is generated from the attributes.</summary>
[OptionsValidator]
internal sealed partial class ApiKeyOptionsValidator : IValidateOptions<ApiKeyOptions>;

/// <summary>A key that everybody can read must not open an installation that holds real data.</summary>
internal sealed class DevelopmentKeyValidator(IHostEnvironment environment, DevelopmentKeyPermission permission)
    : IValidateOptions<ApiKeyOptions>
{
    public ValidateOptionsResult Validate(string? name, ApiKeyOptions options)
    {
        if (options.DevelopmentKey is null)
        {
            return ValidateOptionsResult.Success;
        }

        if (!permission.SampleData || !environment.IsDevelopment())
        {
            return ValidateOptionsResult.Fail(
                "ApiKeys:DevelopmentKey may be set only in the environment Development with SampleData:Enabled=true; "
                + "create a key with the command create-api-key instead.");
        }

        return ApiKeySecret.TryParse(options.DevelopmentKey, out _)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"ApiKeys:DevelopmentKey must be {ApiKeySecret.Start} and "
                + $"{ApiKeySecret.Length - ApiKeySecret.Start.Length} letters and digits.");
    }
}

/// <summary>Whether this installation holds samples.</summary>
/// <param name="SampleData">The setting <c>SampleData:Enabled</c>.</param>
internal sealed record DevelopmentKeyPermission(bool SampleData);
