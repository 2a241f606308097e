using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using PhoneMasking.ServiceDefaults.Configuration;

namespace PhoneMasking.OpsConsole.SignIn;

/// <summary>Composes the sign-in: whatever does not say otherwise is for the owner alone.</summary>
internal static class SignInRegistration
{
    public const string Path = "/sign-in";

    /// <summary>Adds the sign-in. The console does not start without a way to sign in.</summary>
    /// <param name="builder">The console being composed.</param>
    public static void AddSignIn(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddValidatedOptions<SignInOptions, SignInLimitsValidator>(SignInOptions.Section);
        services.AddSingleton<IValidateOptions<SignInOptions>, SignInPasswordValidator>();
        services.AddSingleton<OneTimeLink>();
        services.AddSingleton<AttemptLimit>();
        services.AddSingleton<Gate>();
        services.AddSingleton<SignInTrail>();
        services.AddSingleton<LinkPrinter>();
        if (builder.Environment.IsDevelopment())
        {
            services.AddHostedService(provider => provider.GetRequiredService<LinkPrinter>());
        }

        AddKeys(builder);
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        services
            .AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme)
            .Configure<IOptions<SignInOptions>>((cookie, options) =>
            {
                cookie.LoginPath = Path;
                cookie.ReturnUrlParameter = "returnUrl";
                cookie.ExpireTimeSpan = options.Value.SignInLifetime;
                cookie.SlidingExpiration = true;
                cookie.Cookie.Name = "phone-masking-console";
                cookie.Cookie.HttpOnly = true;
                cookie.Cookie.SameSite = SameSiteMode.Lax;
                cookie.Cookie.SecurePolicy = builder.Environment.IsDevelopment()
                    ? CookieSecurePolicy.SameAsRequest
                    : CookieSecurePolicy.Always;
            });
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "phone-masking-forms";
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
    }

    /// <summary>Checks the cookie of every request.</summary>
    /// <param name="app">The console.</param>
    public static void UseSignIn(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
    }

    private static void AddKeys(WebApplicationBuilder builder)
    {
        var keys = builder.Services.AddDataProtection().SetApplicationName("PhoneMasking.OpsConsole");
        if (builder.Configuration.GetSection(SignInOptions.Section)[nameof(SignInOptions.KeysFolder)] is { Length: > 0 } folder)
        {
            keys.PersistKeysToFileSystem(new DirectoryInfo(folder));
        }
    }
}
