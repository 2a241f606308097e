using System.Net;
using System.Text.Json;

namespace PhoneMasking.Simulator.Tests.Proxy;

public sealed class ProxyTests
{
    private const string Services = "/proxy/v1/Services";

    [Fact]
    public async Task CreateService_IsRestricted_UntilSwitchedOn()
    {
        await using var host = await SimulatorHost.StartAsync();

        var restricted = await host.PostAsync(Services, ("UniqueName", "sitters"));
        await host.ControlAsync(HttpMethod.Put, "/proxy", new { available = true });
        var created = await host.PostAsync(Services, ("UniqueName", "sitters"), ("DefaultTtl", "3600"));
        var again = await host.PostAsync(Services, ("UniqueName", "sitters"));

        Assert.Equal((HttpStatusCode.Forbidden, 80506), (restricted.Status, SimulatorHost.CodeOf(restricted)));
        Assert.Equal(3600, created.Body.GetProperty("default_ttl").GetInt32());
        Assert.Equal(80603, SimulatorHost.CodeOf(again));
        Assert.Equal(1, (await host.GetAsync(Services)).GetProperty("services").GetArrayLength());
    }

    [Fact]
    public async Task AddNumber_TwiceElsewhereFullOrInAMessagingService_IsRefused()
    {
        await using var host = await StartAsync(("Simulator:Proxy:MostUnreserved", "1"));
        var first = await host.BuyAsync("+17205550140");
        var second = await host.BuyAsync("+17205550141");
        var service = await CreateAsync(host, "one");
        var other = await CreateAsync(host, "two");

        var added = await AddAsync(host, service, first, isReserved: false);
        var again = await AddAsync(host, service, first, isReserved: false);
        var elsewhere = await AddAsync(host, other, first, isReserved: true);
        var full = await AddAsync(host, service, second, isReserved: false);
        var reserved = await AddAsync(host, service, second, isReserved: true);
        var texting = await host.BuyAsync("+17205550142");
        var messaging = await host.CreateServiceAsync();
        await host.PostAsync($"{messaging}/PhoneNumbers", ("PhoneNumberSid", texting));

        Assert.Equal(
            [HttpStatusCode.Created, HttpStatusCode.Created],
            new[] { added.Status, reserved.Status });
        Assert.Equal([80612, 80101, 80622], new[] { again, elsewhere, full }.Select(SimulatorHost.CodeOf));
        Assert.Equal(80613, SimulatorHost.CodeOf(await AddAsync(host, service, texting, isReserved: true)));
    }

    [Fact]
    public async Task RemoveNumber_InSessions_IsRefused_UntilTheyEnd()
    {
        await using var host = await StartAsync();
        var number = await host.BuyAsync("+17205550140");
        var service = await CreateAsync(host, "one");
        await AddAsync(host, service, number, isReserved: true);
        await host.ControlAsync(HttpMethod.Put, "/proxy/numbers", new { number = "+17205550140", sessions = 2 });

        var busy = await host.DeleteAsync($"{service}/PhoneNumbers/{number}");
        var inUse = (await host.GetAsync($"{service}/PhoneNumbers/{number}")).GetProperty("in_use").GetInt32();
        await host.ControlAsync(HttpMethod.Put, "/proxy/numbers", new { number = "+17205550140", sessions = 0 });

        Assert.Equal((HttpStatusCode.Conflict, 2), (busy, inUse));
        Assert.Equal(HttpStatusCode.NoContent, await host.DeleteAsync($"{service}/PhoneNumbers/{number}"));
        Assert.Equal(HttpStatusCode.NotFound, await host.DeleteAsync($"{service}/PhoneNumbers/{number}"));
    }

    private static Task<SimulatorHost> StartAsync(params (string Key, string Value)[] settings) =>
        SimulatorHost.StartAsync([("Simulator:Proxy:IsAvailable", "true"), .. settings]);

    private static async Task<string> CreateAsync(SimulatorHost host, string name)
    {
        var (_, service) = await host.PostAsync(Services, ("UniqueName", name));
        return $"{Services}/{service.GetProperty("sid").GetString()}";
    }

    private static Task<(HttpStatusCode Status, JsonElement Body)> AddAsync(
        SimulatorHost host,
        string service,
        string numberSid,
        bool isReserved) => host.PostAsync(
            $"{service}/PhoneNumbers", ("Sid", numberSid), ("IsReserved", isReserved ? "true" : "false"));
}
