using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.OpsConsole.SignIn;

/// <summary>Who may use the console. Section <c>Console</c>.</summary>
internal sealed class SignInOptions
{
    public const string Section = "Console";

    /// <summary>The fewest characters of a password.</summary>
    public const int MinPasswordLength = 12;

    /// <summary>
    /// The owner's password, 12 characters at least, or its hash as the command <c>hash-password</c> writes it. Required
    /// outside Development, where a one-time link is printed at start instead. Default: none.
    /// </summary>
    public string? Password { get; init; }

    /// <summary>How long a sign-in lasts after the last page was opened. Default: 12 hours.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "30.00:00:00")]
    public TimeSpan SignInLifetime { get; init; } = TimeSpan.FromHours(12);

    /// <summary>How long a one-time link can be used (Development). Default: 30 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan LinkLifetime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Wrong passwords from one address within five minutes until it must wait. Default: 5.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; init; } = 5;

    /// <summary>
    /// A folder for the keys that protect cookies, shared by all instances. Default: the account's own folder, which a
    /// container loses with itself, and every sign-in with it.
    /// </summary>
    public string? KeysFolder { get; init; }
}

/// <summary>Checks the limits of <see cref="SignInOptions"/>; the body is generated from the attributes.</summary>
[OptionsValidator]
internal sealed partial class SignInLimitsValidator : IValidateOptions<SignInOptions>;

/// <summary>Checks that there is a way to sign in.</summary>
internal sealed class SignInPasswordValidator(IHostEnvironment environment) : IValidateOptions<SignInOptions>
{
    public ValidateOptionsResult Validate(string? name, SignInOptions options)
    {
        var password = options.Password;
        if (string.IsNullOrEmpty(password))
        {
            return environment.IsDevelopment()
                ? ValidateOptionsResult.Success
                : Fail("is missing: outside Development the console needs one. Set the environment variable Console__Password.");
        }

        if (PasswordHash.LooksLikeOne(password))
        {
            return PasswordHash.Read(password) is null
                ? Fail("is not a whole hash: expected what the command hash-password writes.")
                : ValidateOptionsResult.Success;
        }

        return password.Length < SignInOptions.MinPasswordLength
            ? Fail($"is too short: at least {SignInOptions.MinPasswordLength} characters.")
            : ValidateOptionsResult.Success;
    }

    private static ValidateOptionsResult Fail(string problem) => ValidateOptionsResult.Fail($"Console:Password {problem}");
}
