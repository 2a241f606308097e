using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.NumberService.Provisioning;
using PhoneMasking.TestServers;
using PhoneMasking.Twilio;

namespace PhoneMasking.NumberService.Tests.Provisioning.World;

/// <summary>One instance of NumberService with a clock that stands still.</summary>
internal sealed class NumberHost(
    Dictionary<string, string> settings,
    TimeProvider clock,
    Func<ITwilioApi, ITwilioApi>? twilio) : WebApplicationFactory<NumberDbContext>
{
    public const string AccountSid = "AC00000000000000000000000000000001";
    public const string AuthToken = "an-auth-token-for-tests";

    /// <summary>Whether no number is worked on just now.</summary>
    public bool IsIdle => Services.GetServices<IHostedService>().OfType<ProvisioningWorker>().Single().UnderWay == 0;

    /// <summary>Starts it; its schema is up to date and its queues are there then.</summary>
    public async Task<NumberHost> StartAsync()
    {
        using var http = CreateClient();
        await Eventually.TrueAsync(
            async () => (await http.GetFromJsonAsync<Health>("/health", TestContext.Current.CancellationToken))?.Status
                == "healthy",
            "a healthy service",
            TestContext.Current.CancellationToken);
        return this;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (name, value) in settings)
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton(clock);
            if (twilio is not null)
            {
                var real = services.Last(service => service.ServiceType == typeof(ITwilioApi));
                services.AddSingleton(provider => twilio(
                    (ITwilioApi)ActivatorUtilities.CreateInstance(provider, real.ImplementationType!)));
            }
        });
    }

    private sealed record Health(string Status);
}
