using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PhoneMasking.TestServers;

namespace PhoneMasking.Simulator.Tests;

/// <summary>A simulator on a real port, with a client that is signed in and a receiver of its webhooks.</summary>
internal sealed class SimulatorHost : IAsyncDisposable
{
    public const string AccountSid = "AC00000000000000000000000000000001";
    public const string AuthToken = "simulator-auth-token";
    public const string Account = $"/2010-04-01/Accounts/{AccountSid}";
    public const string OwnNumber = "+13035550100";
    public const string Dana = "+13035550142";
    public const string Sam = "+13035550122";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);

    private readonly WebApplication _app;
    private readonly CapturedLog _log;

    private SimulatorHost(WebApplication app, CapturedLog log, Receiver receiver)
    {
        _app = app;
        _log = log;
        Receiver = receiver;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.ASCII.GetBytes($"{AccountSid}:{AuthToken}")));
    }

    public HttpClient Http { get; }

    public Receiver Receiver { get; }

    /// <summary>What the simulator is made of.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Everything that was logged.</summary>
    public string Log => string.Join('\n', _log.Lines);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Starts a simulator whose messages are delivered at once, unless the settings say otherwise.</summary>
    public static async Task<SimulatorHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var receiver = await Receiver.StartAsync();
        Dictionary<string, string> all = new()
        {
            ["Simulator:DefaultSmsUrl"] = receiver.SmsUrl,
            ["Simulator:DefaultStatusCallback"] = receiver.StatusUrl,
            ["Simulator:Numbers:0:Number"] = OwnNumber,
            ["Simulator:People:0:Name"] = "Dana Whitfield",
            ["Simulator:People:0:Number"] = Dana,
            ["Simulator:People:1:Name"] = "Sam Rivera",
            ["Simulator:People:1:Number"] = Sam,
            ["Simulator:Messages:SentAfter"] = "00:00:00",
            ["Simulator:Messages:DeliveredAfter"] = "00:00:00",
            ["Simulator:Webhooks:RetryDelay"] = "00:00:00",
        };
        foreach (var (key, value) in settings)
        {
            all[key] = value.Replace("{receiver}", receiver.Url, StringComparison.Ordinal);
        }

        var app = Create([.. all.Select(setting => $"--{setting.Key}={setting.Value}")]);
        var log = new CapturedLog();
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        await app.StartAsync(Cancelled);
        return new SimulatorHost(app, log, receiver);
    }

    /// <summary>A simulator that is not started yet, on a port that the system picks.</summary>
    public static WebApplication Create(params string[] settings) =>
        SimulatorApp.Create(["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Trace", .. settings]);

    /// <summary>Calls the REST API with a form and gives the answer's status and JSON.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(
        string path,
        params (string Name, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
        using var response = await Http.PostAsync(At(path), content, Cancelled);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled));
    }

    /// <summary>Sends a message from the account's number and gives its SID.</summary>
    public async Task<string> SendAsync(string body, string to = Dana)
    {
        var (status, message) = await PostAsync("/Messages.json", ("To", to), ("From", OwnNumber), ("Body", body));
        Assert.Equal(HttpStatusCode.Created, status);
        return message.GetProperty("sid").GetString()!;
    }

    public Task<JsonElement> GetAsync(string path) =>
        Http.GetFromJsonAsync<JsonElement>(At(path), Cancelled);

    /// <summary>Deletes a resource and gives the answer's status.</summary>
    public async Task<HttpStatusCode> DeleteAsync(string path)
    {
        using var response = await Http.DeleteAsync(At(path), Cancelled);
        return response.StatusCode;
    }

    /// <summary>Buys a number and gives its SID.</summary>
    public async Task<string> BuyAsync(string phoneNumber)
    {
        var (status, number) = await PostAsync("/IncomingPhoneNumbers.json", ("PhoneNumber", phoneNumber));
        Assert.Equal(HttpStatusCode.Created, status);
        return number.GetProperty("sid").GetString()!;
    }

    /// <summary>Creates a Messaging Service and gives its path.</summary>
    public async Task<string> CreateServiceAsync(params (string Name, string Value)[] settings)
    {
        var (status, service) = await PostAsync("/messaging/v1/Services", [("FriendlyName", "Sitters"), .. settings]);
        Assert.Equal(HttpStatusCode.Created, status);
        return $"/messaging/v1/Services/{service.GetProperty("sid").GetString()}";
    }

    /// <summary>The code of an answer that is a refusal, or null.</summary>
    public static int? CodeOf((HttpStatusCode Status, JsonElement Body) answer) =>
        answer.Body.TryGetProperty("code", out var code) ? code.GetInt32() : null;

    /// <summary>
    /// The whole path: of the simulator and of APIs with a host each as it is, else below the account.
    /// </summary>
    public static string At(string path) =>
        path.Split('/') is [_, "simulator" or "messaging" or "proxy" or "2010-04-01", ..] ? path : Account + path;

    /// <summary>Calls the control API.</summary>
    public async Task<JsonElement> ControlAsync(HttpMethod method, string path, object content)
    {
        using var request = new HttpRequestMessage(method, "/simulator/api" + path)
        {
            Content = JsonContent.Create(content),
        };
        using var response = await Http.SendAsync(request, Cancelled);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
    }

    /// <summary>Sends a text from Dana's handset to the account's number.</summary>
    public Task<JsonElement> TextAsync(string body, string from = "dana-whitfield") =>
        ControlAsync(HttpMethod.Post, "/texts", new { from, to = OwnNumber, body });

    public Task<JsonElement> FaultAsync(object fault) => ControlAsync(HttpMethod.Post, "/faults", fault);

    /// <summary>Asks again until the answer is right, for at most a minute and a half.</summary>
    public async Task<JsonElement> EventuallyAsync(string path, Func<JsonElement, bool> isRight)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        deadline.CancelAfter(Deadline);
        while (true)
        {
            var answer = await GetAsync(path);
            if (isRight(answer))
            {
                return answer;
            }

            await Task.Delay(Pause, deadline.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
