using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PhoneMasking.Twilio;
using PhoneMasking.Twilio.Accounts;
using PhoneMasking.Twilio.MessagingServices;
using PhoneMasking.Twilio.Numbers;
using PhoneMasking.Twilio.Proxy;
using PhoneMasking.Twilio.Registration;

namespace PhoneMasking.Simulator.Tests.Rest;

/// <summary>The product's own client against the simulator: the two must mean the same by Twilio.</summary>
public sealed class ClientTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Numbers_BoughtAttachedAndReleased_AsASetupDoesIt()
    {
        await using var host = await SimulatorHost.StartAsync();
        await using var client = Client();
        var account = AccountOf(host);
        var numbers = client.GetRequiredService<ITwilioApi>();
        var services = client.GetRequiredService<IMessagingServiceApi>();
        var registrations = client.GetRequiredService<IRegistrationApi>();

        var found = await client.GetRequiredService<IAccountApi>().FetchAsync(account, Cancelled);
        var search = new LocalNumberSearch { AreaCode = 720, SmsEnabled = true, VoiceEnabled = true, PageSize = 3 };
        var offered = await numbers.SearchLocalNumbersAsync(account, search, Cancelled);
        var settings = new MessagingServiceSettings { FriendlyName = "Sitters", UseInboundWebhookOnNumber = true };
        var created = await services.CreateServiceAsync(account, settings, Cancelled);
        var service = Assert.IsType<MessagingServiceOutcome.Created>(created).Service;
        List<string> bought = [];
        foreach (var offer in offered)
        {
            var purchase = new PurchaseRequest { PhoneNumber = offer.PhoneNumber };
            var number = Assert.IsType<PurchaseOutcome.Bought>(
                await numbers.BuyNumberAsync(account, purchase, Cancelled)).Number;
            Assert.IsType<AddNumberOutcome.Added>(
                await services.AddNumberAsync(account, service.Sid, number.Sid, Cancelled));
            Assert.IsType<AddNumberOutcome.AlreadyThere>(
                await services.AddNumberAsync(account, service.Sid, number.Sid, Cancelled));
            bought.Add(number.Sid);
        }

        var members = await services.ListNumbersAsync(account, service.Sid, Cancelled).ToListAsync(Cancelled);
        var brands = await registrations.ListBrandsAsync(account, Cancelled).ToListAsync(Cancelled);
        var campaigns = await registrations.ListCampaignsAsync(account, service.Sid, Cancelled).ToListAsync(Cancelled);
        var again = await numbers.BuyNumberAsync(
            account, new PurchaseRequest { PhoneNumber = offered[0].PhoneNumber }, Cancelled);
        await numbers.ReleaseNumberAsync(account, bought[0], Cancelled);

        Assert.True(Assert.IsType<AccountOutcome.Found>(found).Details.IsActive);
        Assert.Equal(bought.Order(), members.Select(member => member.Sid).Order());
        Assert.True(Assert.Single(brands).IsApproved);
        Assert.Equal("LOWER_MID", Assert.Single(campaigns).RateLimits?.TMobileBrandTier);
        Assert.Equal(PurchaseRefusal.NumberTaken, Assert.IsType<PurchaseOutcome.Refused>(again).Reason);
        Assert.Null(await services.FetchNumberAsync(account, service.Sid, bought[0], Cancelled));
    }

    [Fact]
    public async Task Proxy_ProbedAndUsed_IsAsSwitched()
    {
        await using var host = await SimulatorHost.StartAsync();
        await using var client = Client();
        var account = AccountOf(host);
        var proxy = client.GetRequiredService<IProxyApi>();
        var settings = new ProxyServiceSettings { UniqueName = "sitters" };

        var restricted = await proxy.CreateServiceAsync(account, settings, Cancelled);
        await host.ControlAsync(HttpMethod.Put, "/proxy", new { available = true });
        var created = Assert.IsType<ProxyServiceOutcome.Created>(
            await proxy.CreateServiceAsync(account, settings, Cancelled));
        var taken = await proxy.CreateServiceAsync(account, settings, Cancelled);
        var number = await host.BuyAsync("+17205550140");
        await proxy.AddNumberAsync(account, created.Service.Sid, number, true, Cancelled);
        var again = await proxy.AddNumberAsync(account, created.Service.Sid, number, true, Cancelled);
        var pool = await proxy.ListNumbersAsync(account, created.Service.Sid, Cancelled).ToListAsync(Cancelled);
        var removed = await proxy.RemoveNumberAsync(account, created.Service.Sid, number, Cancelled);

        Assert.IsType<ProxyServiceOutcome.NotAvailable>(restricted);
        Assert.IsType<ProxyServiceOutcome.NameTaken>(taken);
        Assert.IsType<ProxyNumberOutcome.AlreadyThere>(again);
        Assert.Equal((number, true), (Assert.Single(pool).Sid, pool[0].IsReserved));
        Assert.IsType<ProxyRemovalOutcome.Removed>(removed);
    }

    [Fact]
    public async Task AddNumber_WithTheAnswerLostAndThrottled_IsThereInTheEnd()
    {
        await using var host = await SimulatorHost.StartAsync();
        await using var client = Client();
        var account = AccountOf(host);
        var service = (await host.CreateServiceAsync()).Split('/')[^1];
        var number = await host.BuyAsync("+17205550140");
        await host.FaultAsync(new { mode = "acceptReset", operation = "addServiceNumber", calls = 1 });
        await host.FaultAsync(
            new { mode = "e429", operation = "addServiceNumber", calls = 1, retryAfterSeconds = 0 });

        var outcome = await client.GetRequiredService<IMessagingServiceApi>()
            .AddNumberAsync(account, service, number, Cancelled);

        Assert.IsType<AddNumberOutcome.AlreadyThere>(outcome);
        var counts = await host.GetAsync("/simulator/api/counters/operations");
        Assert.Equal(3, counts.GetProperty("addServiceNumber").GetProperty("calls").GetInt32());
    }

    private static TwilioAccount AccountOf(SimulatorHost host) =>
        new(SimulatorHost.AccountSid, SimulatorHost.AuthToken, new Uri(host.Http.BaseAddress!, "/"));

    private static ServiceProvider Client()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddTwilioApi();
        return services.BuildServiceProvider();
    }
}
