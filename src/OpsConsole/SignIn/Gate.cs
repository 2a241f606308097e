using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace PhoneMasking.OpsConsole.SignIn;

/// <summary>Lets the owner in.</summary>
internal sealed partial class Gate(
    IOptions<SignInOptions> options,
    IHostEnvironment environment,
    OneTimeLink link,
    AttemptLimit limit,
    ILogger<Gate> logger)
{
    /// <summary>The one user.</summary>
    public const string Owner = "Owner";

    private readonly Lazy<PasswordHash?> _password = new(() => options.Value.Password switch
    {
        null or "" => null,
        var text when PasswordHash.LooksLikeOne(text) => PasswordHash.Read(text),
        var text => PasswordHash.Of(text),
    });

    /// <summary>Whether a password is configured.</summary>
    public bool TakesPassword => !string.IsNullOrEmpty(options.Value.Password);

    /// <summary>Whether one-time links are printed in the log.</summary>
    public bool TakesLink => environment.IsDevelopment();

    /// <summary>Judges the token of a one-time link.</summary>
    /// <param name="token">What stood in the link.</param>
    public Admission JudgeLink(string token) =>
        TakesLink && link.TryRedeem(token) ? Admission.Granted : Admission.LinkUsedUp;

    /// <summary>Judges a password.</summary>
    /// <param name="password">What was typed.</param>
    /// <param name="address">Where it comes from.</param>
    public Admission JudgePassword(string? password, IPAddress? address)
    {
        if (!limit.TryTake(address))
        {
            LogTooMany();
            return Admission.TooManyAttempts;
        }

        if (_password.Value?.Matches(password ?? string.Empty) != true)
        {
            LogWrong();
            return Admission.WrongPassword;
        }

        limit.Forgive(address);
        return Admission.Granted;
    }

    /// <summary>Gives the browser its cookie.</summary>
    /// <param name="context">The browser's request.</param>
    public static Task SignInAsync(HttpContext context) => context.SignInAsync(
        CookieAuthenticationDefaults.AuthenticationScheme,
        new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ClaimTypes.Name, Owner)],
            CookieAuthenticationDefaults.AuthenticationScheme)));

    /// <summary>Where to go after the sign-in: a path of this console, never another site.</summary>
    /// <param name="returnUrl">What stood in the address.</param>
    public static string Destination(string? returnUrl) =>
        returnUrl is ['/', not ('/' or '\\'), ..] && !returnUrl.Any(char.IsControl) ? returnUrl : "/";

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Sign-in refused: wrong password")]
    private partial void LogWrong();

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Sign-in refused: too many attempts")]
    private partial void LogTooMany();
}

/// <summary>Every way that a sign-in can end.</summary>
internal enum Admission
{
    /// <summary>Come in.</summary>
    Granted = 0,

    /// <summary>The one-time link was used, has expired or never was one.</summary>
    LinkUsedUp = 1,

    /// <summary>The password is wrong.</summary>
    WrongPassword = 2,

    /// <summary>The address has to wait, right password or not.</summary>
    TooManyAttempts = 3,
}
