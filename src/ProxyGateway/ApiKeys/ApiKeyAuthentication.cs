using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using PhoneMasking.ProxyGateway.Refusals;

namespace PhoneMasking.ProxyGateway.ApiKeys;

/// <summary>Reads <c>Authorization: Bearer pmk_…</c>; refusals are problem details.</summary>
internal sealed class ApiKeyAuthentication(
    ApiKeyRing keys,
    FailedAttempts failures,
    RefusalTally refusals,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string ScopeClaim = "scope";

    private const string Bearer = "Bearer ";

    private TimeSpan? _wait;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        var caller = ApiKeySecret.TryParse(header[Bearer.Length..].Trim(), out var secret)
            ? await keys.FindAsync(secret, Context.RequestAborted)
            : null;
        if (caller is null)
        {
            _wait = failures.Count(Context.Connection.RemoteIpAddress);
            refusals.Count("api", _wait is null ? "key" : "key-limit");
            return AuthenticateResult.Fail("The key is unknown or revoked.");
        }

        Context.Features.Set(caller);
        var identity = new ClaimsIdentity(caller.Scopes.Select(scope => new Claim(ScopeClaim, scope)), SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_wait is { } wait)
        {
            return Problems.TooManyWrongKeys(wait).ExecuteAsync(Context);
        }

        Response.Headers.WWWAuthenticate = Bearer.TrimEnd();
        return Problems.NoKey().ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.MissingScope(Context.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>()?.Name).ExecuteAsync(Context);
}
