using System.Collections;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PhoneMasking.AppHost.Local;
using PhoneMasking.TestServers;

namespace PhoneMasking.AppHost.Tests.Running;

/// <summary>The app host as <c>./run</c> starts it, with data and ports of its own, and what people do with it.</summary>
internal sealed partial class RunningProduct : IAsyncDisposable
{
    // The README's key, which exists with the sample data only.
    private const string ApiKey = "pmk_DevelopmentKeyDevelopmentKeyDevelopmentKey";

    // The services have two minutes each; the promise for the whole is three, on a machine without other work.
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan EndPatience = TimeSpan.FromMinutes(2);

    private readonly HttpClient _browser = new(new SocketsHttpHandler { UseProxy = false });
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Uri> _door = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RunPorts _ports;
    private readonly ChildProcess _host;

    /// <summary>Starts it.</summary>
    public RunningProduct(string dataFolder, RunPorts ports)
    {
        _ports = ports;
        _host = ChildProcess.Start(Plan(
            ("Run__DataFolder", dataFolder),
            ("Run__GatewayPort", Text(ports.Gateway)),
            ("Run__ConsolePort", Text(ports.Console)),
            ("Run__SimulatorPort", Text(ports.Simulator))) with
        {
            OnLine = Take,
        });
    }

    /// <summary>Returns when the product says that it is ready.</summary>
    public async Task ReadyAsync()
    {
        await Task.WhenAny(_ready.Task, _host.Exited).WaitAsync(StartPatience, Token);
        Assert.True(_ready.Task.IsCompleted, _host.Tail);
    }

    /// <summary>The app host with these variables, and none that would tell it or a service anything else.</summary>
    public static ProcessPlan Plan(params (string Name, string Value)[] variables)
    {
        var environment = new Dictionary<string, string?>();
        foreach (var name in Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => (string)entry.Key))
        {
            if (name.Contains("__", StringComparison.Ordinal) || name.Split('_')[0] is "TWILIO" or "OTEL" or "AIRTABLE")
            {
                environment[name] = null;
            }
        }

        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }

        return new ProcessPlan("dotnet", new BuiltProject(ProjectFile()).Assembly) { Environment = environment };
    }

    /// <summary>Reads a list of the public API, one page.</summary>
    public async Task<IReadOnlyList<JsonNode>> ListAsync(string list)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{_ports.GatewayUrl}/v1/{list}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
        using var answer = await _browser.SendAsync(request, Token);
        var said = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, $"{list}: {said}");
        return [.. JsonNode.Parse(said)!["items"]!.AsArray().Select(item => item!)];
    }

    /// <summary>Reads a list until it has at least so many items: what one service adds the others hear of.</summary>
    public async Task<IReadOnlyList<JsonNode>> ListAsync(string list, int atLeast)
    {
        IReadOnlyList<JsonNode> items = [];
        await Eventually.TrueAsync(
            async () => (items = await ListAsync(list)).Count >= atLeast, $"{atLeast} {list}", Token);
        return items;
    }

    /// <summary>Somebody writes on their phone, in the simulator.</summary>
    public async Task TextAsync(string from, string to, string body)
    {
        using var answer = await _browser.PostAsJsonAsync(
            new Uri($"{_ports.SimulatorUrl}/simulator/api/texts"), new { from, to, body }, Token);
        var said = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, said);
        Assert.Equal(200, JsonNode.Parse(said)!["webhookStatus"]?.GetValue<int>());
    }

    /// <summary>Waits until a phone shows a text.</summary>
    /// <returns>The number that it is shown to come from.</returns>
    public async Task<string> ShownAsync(string phone, string body)
    {
        JsonNode? shown = null;
        await Eventually.TrueAsync(
            async () =>
            {
                var deliveries = await _browser.GetFromJsonAsync<JsonArray>(
                    new Uri($"{_ports.SimulatorUrl}/simulator/api/deliveries"), JsonSerializerOptions.Web, Token);
                shown = deliveries!.Select(delivery => delivery!["message"]!)
                    .SingleOrDefault(message => (string?)message["to"] == phone && (string?)message["body"] == body);
                return shown is not null;
            },
            $"\"{body}\" to be shown",
            Token);
        return (string)shown!["from"]!;
    }

    /// <summary>Opens the console by the link that was printed.</summary>
    /// <returns>The page behind the sign-in.</returns>
    public async Task<string> OpenConsoleAsync() =>
        await _browser.GetStringAsync(await _door.Task.WaitAsync(StartPatience, Token), Token);

    /// <summary>Opens the API's documentation.</summary>
    public async Task<string> OpenDocumentationAsync() =>
        await _browser.GetStringAsync(new Uri($"{_ports.GatewayUrl}/docs"), Token);

    /// <summary>Presses Ctrl-C.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> InterruptAsync()
    {
        Assert.True(await _host.EndAsync(PosixSignal.SIGINT, EndPatience), _host.Tail);
        return await _host.Exited;
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _host.DisposeAsync();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private static string ProjectFile([CallerFilePath] string file = "") =>
        Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..", "src", "AppHost", "AppHost.csproj");

    private void Take(string line)
    {
        if (Door().Match(line) is { Success: true } door)
        {
            _door.TrySetResult(new Uri(door.Groups["address"].Value));
        }

        if (line.StartsWith("Ready after", StringComparison.Ordinal))
        {
            _ready.TrySetResult();
        }
    }

    // In the table below "Ready".
    [GeneratedRegex("^ +console +(?<address>http://[^ ]+)")]
    private static partial Regex Door();
}

/// <summary>Where the product listens.</summary>
internal sealed record RunPorts(int Gateway, int Console, int Simulator)
{
    public string GatewayUrl => $"http://127.0.0.1:{Gateway}";

    public string SimulatorUrl => $"http://127.0.0.1:{Simulator}";

    /// <summary>
    /// Three that are free now, below those that <see cref="FreePort"/> gives other tests: theirs must not come in between when
    /// the product is started for the second time.
    /// </summary>
    public static RunPorts Free()
    {
        while (true)
        {
            var first = Random.Shared.Next(10_000, 14_990);
            if (Enumerable.Range(first, 3).All(FreePort.IsFree))
            {
                return new RunPorts(first, first + 1, first + 2);
            }
        }
    }
}
