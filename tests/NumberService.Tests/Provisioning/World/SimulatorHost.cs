using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using PhoneMasking.Simulator.Control;

namespace PhoneMasking.NumberService.Tests.Provisioning.World;

/// <summary>The simulator in this process, behind a real Kestrel on loopback, in Twilio's place.</summary>
internal sealed class SimulatorHost : WebApplicationFactory<SearchRequest>
{
    private const int MaxAttempts = 5;

    private SimulatorHost() => UseKestrel(0);

    public string BaseUrl => ClientOptions.BaseAddress.GetLeftPart(UriPartial.Authority);

    /// <summary>Starts one.</summary>
    public static SimulatorHost StartNew()
    {
        // Now and then the factory sets the addresses of a Kestrel that is running already; the next one is as good.
        for (var attempt = 1; ; attempt++)
        {
            var host = new SimulatorHost();
            try
            {
                host.StartServer();
                return host;
            }
            catch (InvalidOperationException) when (attempt < MaxAttempts)
            {
                host.Dispose();
            }
        }
    }

    /// <summary>Makes calls go wrong.</summary>
    public Task BreakAsync(object fault) => SendAsync(HttpMethod.Post, "faults", fault);

    /// <summary>Calls the control API.</summary>
    public async Task SendAsync(HttpMethod method, string path, object? request = null)
    {
        using var http = CreateClient();
        using var call = new HttpRequestMessage(method, $"/simulator/api/{path}")
        {
            Content = request is null ? null : JsonContent.Create(request),
        };
        using var response = await http.SendAsync(call, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{path} was answered {(int)response.StatusCode}.");
    }

    /// <summary>The numbers that the account owns.</summary>
    public async Task<IReadOnlyList<SimulatedNumber>> NumbersAsync()
    {
        using var http = CreateClient();
        return await http.GetFromJsonAsync<SimulatedNumber[]>("/simulator/api/numbers", TestContext.Current.CancellationToken) ?? [];
    }

    /// <summary>The REST calls that reached it, in order.</summary>
    public async Task<IReadOnlyList<SimulatedCall>> CallsAsync()
    {
        using var http = CreateClient();
        return await http.GetFromJsonAsync<SimulatedCall[]>(
            "/simulator/api/calls?limit=1000", TestContext.Current.CancellationToken) ?? [];
    }

    /// <summary>The REST calls of one operation that reached it.</summary>
    public async Task<IReadOnlyList<SimulatedCall>> CallsAsync(string operation) =>
        [.. (await CallsAsync()).Where(call => call.Operation == operation)];

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Simulator:AccountSid", NumberHost.AccountSid);
        builder.UseSetting("Simulator:AuthToken", NumberHost.AuthToken);
        builder.UseSetting("Logging:Console:LogLevel:Default", "None");
    }
}

/// <summary>One of the account's numbers.</summary>
internal sealed record SimulatedNumber(string Sid, string Number, string SmsUrl, string SmsFallbackUrl);

/// <summary>One call of the REST API.</summary>
internal sealed record SimulatedCall(string Operation);
