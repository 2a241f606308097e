using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using PhoneMasking.Simulator.Control;

namespace PhoneMasking.ProxyGateway.Tests.World;

/// <summary>The simulator in this process, behind a real Kestrel on loopback.</summary>
internal sealed class SimulatorHost : WebApplicationFactory<SearchRequest>
{
    public SimulatorHost() => UseKestrel(0);

    /// <summary>Starts it.</summary>
    public SimulatorHost Start()
    {
        StartServer();
        return this;
    }

    /// <summary>Calls the control API.</summary>
    public async Task ControlAsync(string path, object request)
    {
        using var http = CreateClient();
        using var response = await http.PostAsJsonAsync($"/simulator/api/{path}", request, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{path} was answered {(int)response.StatusCode}.");
    }

    /// <summary>The texts that were accepted through the REST API, in order.</summary>
    public async Task<IReadOnlyList<SimulatedText>> TextsAsync()
    {
        using var http = CreateClient();
        return await http.GetFromJsonAsync<SimulatedText[]>("/simulator/api/messages", TestContext.Current.CancellationToken) ?? [];
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Simulator:AccountSid", GatewayHost.AccountSid);
        builder.UseSetting("Simulator:AuthToken", GatewayHost.AuthToken);
        builder.UseSetting("Logging:Console:LogLevel:Default", "None");
    }
}

/// <summary>A text in the simulator's log.</summary>
internal sealed record SimulatedText(string From, string To, string Body, string Status);
