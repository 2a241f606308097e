using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using PhoneMasking.ServiceDefaults.Configuration;

namespace PhoneMasking.ProxyGateway.ApiKeys;

internal static class ApiKeyRegistration
{
    public const string RateLimit = "api-key";

    /// <summary>Adds the keys, a policy for each scope, and the limits on their use.</summary>
    public static void AddApiKeys(this IHostApplicationBuilder builder)
    {
        var samples = builder.Configuration.GetSection(SampleDataOptions.Section).Get<SampleDataOptions>();
        builder.Services.AddSingleton(new DevelopmentKeyPermission(samples is { Enabled: true }));
        builder.Services.AddSingleton<IValidateOptions<ApiKeyOptions>, DevelopmentKeyValidator>();
        builder.Services.AddValidatedOptions<ApiKeyOptions, ApiKeyOptionsValidator>(ApiKeyOptions.Section);
        builder.Services.AddSingleton<ApiKeyRing>();
        builder.Services.AddSingleton<FailedAttempts>();
        builder.Services.AddHostedService<DevelopmentKey>();

        builder.Services.AddAuthentication(ApiKeyAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null);
        var policies = builder.Services.AddAuthorizationBuilder();
        foreach (var scope in Scopes.All)
        {
            policies.AddPolicy(scope, policy => policy.RequireClaim(ApiKeyAuthentication.ScopeClaim, scope));
        }

        builder.Services.AddRateLimiter(limits =>
        {
            limits.AddPolicy(RateLimit, PartitionOf);
            limits.OnRejected = (context, _) => new ValueTask(
                Problems.TooManyRequests(WaitOf(context.Lease)).ExecuteAsync(context.HttpContext));
        });
    }

    /// <summary>Checks key, rate and scope, in this order.</summary>
    public static void UseApiKeys(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
    }

    // Without a valid key there is nothing to count by; such requests end at the authorization.
    private static RateLimitPartition<Guid> PartitionOf(HttpContext context) =>
        context.Features.Get<ApiCaller>() is { } caller
            ? RateLimitPartition.GetFixedWindowLimiter(caller.KeyId, _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = context.RequestServices.GetRequiredService<IOptions<ApiKeyOptions>>().Value.RequestsPerMinute,
                Window = TimeSpan.FromMinutes(1),
            })
            : RateLimitPartition.GetNoLimiter(Guid.Empty);

    private static TimeSpan WaitOf(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1);
}
