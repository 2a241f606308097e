using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PhoneMasking.EndToEnd.Product;

/// <summary>The simulator's control API, as src/Simulator/README.md describes it.</summary>
internal sealed class SimulatorControl : IDisposable
{
    private const int All = 1_000_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly HttpClient _http;

    public SimulatorControl(Uri address)
    {
        Address = address;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new Uri(address, "/simulator/api/"),
            Timeout = TimeSpan.FromMinutes(2),
        };
    }

    /// <summary>Where the phones' page is.</summary>
    public Uri Address { get; }

    /// <summary>A handset sends a text; returns when its webhook has been answered for good.</summary>
    public Task<SentText> TextAsync(string from, string to, string body, params string[] media) =>
        PostAsync<SentText>("texts", new { from, to, body, media });

    /// <summary>The same webhook again, with the same SID.</summary>
    public Task<SentText> RedeliverAsync(string sid, int times, int parallel) =>
        PostAsync<SentText>($"texts/{sid}/redeliver", new { times, parallel });

    /// <summary>What was accepted by the REST API, in order, whose body contains this.</summary>
    public Task<List<SimulatedMessage>> AcceptedAsync(string contains) =>
        PostAsync<List<SimulatedMessage>>("messages/search", new { contains, direction = "outbound-api", limit = All });

    /// <summary>What was accepted by the REST API for this number, in order.</summary>
    public Task<List<SimulatedMessage>> AcceptedForAsync(string to) =>
        PostAsync<List<SimulatedMessage>>("messages/search", new { to, direction = "outbound-api", limit = All });

    /// <summary>The REST calls since a sequence number, in order.</summary>
    public async Task<List<SimulatedCall>> CallsAsync(long after) =>
        await ReadAsync<List<SimulatedCall>>($"calls?after={after}&limit={All}");

    /// <summary>The last REST call's sequence number.</summary>
    public async Task<long> LastCallAsync() => (await CallsAsync(0)).LastOrDefault()?.Sequence ?? 0;

    /// <summary>Switches a fault on; see the simulator's README for the modes.</summary>
    public async Task AddFaultAsync(object fault)
    {
        using var answer = await _http.PostAsJsonAsync("faults", fault, Json);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>How often each of the faults that are on has struck.</summary>
    public async Task<IReadOnlyList<int>> FaultHitsAsync() =>
        [.. (await ReadAsync<List<SimulatedFault>>("faults")).Select(fault => fault.Hits)];

    /// <summary>Switches all faults off; what hangs is cut.</summary>
    public async Task ClearFaultsAsync()
    {
        using var answer = await _http.DeleteAsync(new Uri("faults", UriKind.Relative));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Changes how messages live from now on.</summary>
    public async Task LifeCycleAsync(string callbacks, int sentAfterMs = 50, int deliveredAfterMs = 150, int lateByMs = 1500)
    {
        using var answer = await _http.PutAsJsonAsync(
            "life-cycle", new { callbacks, sentAfterMs, deliveredAfterMs, lateByMs }, Json);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Posts a status callback out of turn.</summary>
    /// <returns>The HTTP status of the answer.</returns>
    public async Task<int?> CallbackAsync(string messageSid, string status, int? errorCode = null, Uri? url = null) =>
        (await PostAsync<CallbackAnswer>("status-callbacks", new { messageSid, status, errorCode, url })).Status;

    /// <summary>Gives the account a number.</summary>
    public async Task AddNumberAsync(string number)
    {
        using var answer = await _http.PostAsJsonAsync("numbers", new { number }, Json);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The numbers of the account.</summary>
    public Task<List<SimulatedNumber>> NumbersAsync() => ReadAsync<List<SimulatedNumber>>("numbers");

    /// <summary>The numbers in a Messaging Service, as often as they are in it.</summary>
    public async Task<IReadOnlyList<string>> NumbersOfServiceAsync(string sid) =>
        (await ReadAsync<SimulatedServices>("messaging-services")).Services.Single(service => service.Sid == sid).Numbers;

    /// <summary>The e-mails that the owner got, in order.</summary>
    public Task<List<SimulatedMail>> MailsAsync() => ReadAsync<List<SimulatedMail>>("mails?limit=1000");

    /// <summary>Gives somebody a phone.</summary>
    public async Task AddPersonAsync(string id, string name, string number)
    {
        using var answer = await _http.PostAsJsonAsync("people", new { id, name, number }, Json);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();

    private async Task<T> ReadAsync<T>(string path) => (await _http.GetFromJsonAsync<T>(path, Json))!;

    private async Task<T> PostAsync<T>(string path, object content)
    {
        using var answer = await _http.PostAsJsonAsync(path, content, Json);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<T>(Json))!;
    }

    private sealed record CallbackAnswer(int? Status);
}

/// <summary>What came of a handset's text.</summary>
internal sealed record SentText(string MessageSid, int? WebhookStatus, int Attempts, List<SentText>? Texts);

/// <summary>A message that the simulator accepted.</summary>
internal sealed record SimulatedMessage(
    long Sequence, string Sid, string From, string To, string Body, List<string> Media, string Status, int? ErrorCode);

/// <summary>A call of the simulator's REST API.</summary>
internal sealed record SimulatedCall(
    long Sequence, DateTimeOffset At, string Operation, string? To, string? From, int Status, int? Code, string? Fault);

/// <summary>A fault that is on.</summary>
internal sealed record SimulatedFault(int Hits);

/// <summary>A number of the account.</summary>
internal sealed record SimulatedNumber(string Sid, string Number, string SmsUrl, string SmsFallbackUrl);

/// <summary>The Messaging Services.</summary>
internal sealed record SimulatedServices(List<SimulatedService> Services);

/// <summary>A Messaging Service.</summary>
internal sealed record SimulatedService(string Sid, List<string> Numbers);

/// <summary>An e-mail that the simulator took.</summary>
internal sealed record SimulatedMail(List<string> To, string Subject, string Text);
