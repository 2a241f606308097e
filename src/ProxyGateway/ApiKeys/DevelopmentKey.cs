using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.ApiKeys;

/// <summary>Adds the fixed key of the option <c>ApiKeys:DevelopmentKey</c>, when there is one, to the default organisation.</summary>
internal sealed class DevelopmentKey(ApiKeyRing keys, IOptions<ApiKeyOptions> options) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (ApiKeySecret.TryParse(options.Value.DevelopmentKey, out var secret))
        {
            await keys.AddAsync(
                OrganisationId.Default, "Development", Scopes.All, secret, KeyOrigin.Development, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
