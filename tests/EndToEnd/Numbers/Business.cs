using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;
using PhoneMasking.Contracts;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Numbers;

/// <summary>
/// An organisation of its own, with its own key, Messaging Service and numbers, so that tests do not count each other's. It
/// uses the public API only.
/// </summary>
internal sealed class Business : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    private static int _businesses;

    private readonly ProductSystem _product;
    private readonly HttpClient _api;

    private Business(ProductSystem product, OrganisationId id, HttpClient api, string messagingService) =>
        (_product, Id, _api, MessagingService) = (product, id, api, messagingService);

    public OrganisationId Id { get; }

    /// <summary>The Messaging Service that its numbers are put in.</summary>
    public string MessagingService { get; }

    /// <summary>Creates an organisation with a key and a Messaging Service, as an owner and <c>setup</c> do.</summary>
    public static async Task<Business> OpenAsync(ProductSystem product)
    {
        using var operatorApi = ApiOf(product, ServiceSettings.DevelopmentKey);
        using var answer = await operatorApi.PostAsJsonAsync(
            "organisations", new { name = $"Business {Interlocked.Increment(ref _businesses)}" }, Json);
        var created = await ReadAsync<CreatedOrganisation>(answer);
        var service = await CreateMessagingServiceAsync(product);
        await using var store = product.Database.CreateCommand(
            "INSERT INTO numbers.twilio_services (organisation_id, messaging_service_sid) VALUES ($1, $2)");
        store.Parameters.Add(new NpgsqlParameter { Value = created.Organisation.Id.Value });
        store.Parameters.Add(new NpgsqlParameter { Value = service });
        await store.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return new Business(product, created.Organisation.Id, ApiOf(product, created.FirstKey), service);
    }

    /// <summary>Imports numbers that work already; returns when the gateway has them.</summary>
    /// <param name="count">How many.</param>
    /// <param name="lifecycle">What for: <c>pool</c> or <c>standby</c>.</param>
    public async Task<IReadOnlyList<string>> ImportAsync(int count, string lifecycle)
    {
        var numbers = FictionNumbers.Next(count);
        foreach (var number in numbers)
        {
            await _product.Simulator.AddNumberAsync(number);
        }

        var imported = await PostAsync<NumbersImported>(
            "numbers/import", new { text = string.Join('\n', numbers), lifecycle, attach = false });
        Assert.Equal((count, 0), (imported.Imported, imported.Errors.Count));
        await Until.QueryAsync(
            _product,
            $"SELECT count(*) = {count} FROM gateway.numbers WHERE number IN ({Quoted(numbers)}) AND status = 1",
            "the imported numbers");
        return numbers;
    }

    /// <summary>Adds a sitter.</summary>
    public Task<SitterView> AddSitterAsync(string name) => PostAsync<SitterView>(
        "sitters", new { name, email = $"{Guid.CreateVersion7():N}@example.com", phone = FictionNumbers.Next() });

    /// <summary>Adds clients; returns when the gateway and NumberService know them.</summary>
    public async Task<IReadOnlyList<ClientView>> AddClientsAsync(int count)
    {
        var clients = new List<ClientView>();
        for (var index = 0; index < count; index++)
        {
            clients.Add(await PostAsync<ClientView>(
                "clients", new { name = $"Client {index} of {Id}", phones = FictionNumbers.Next(1) }));
        }

        var ids = Quoted(clients.Select(client => $"{client.Id}"));
        await Until.QueryAsync(
            _product,
            $"""
            SELECT (SELECT count(*) FROM gateway.client_numbers WHERE client_id IN ({ids})) = {count}
                AND (SELECT count(*) FROM numbers.clients WHERE id IN ({ids})) = {count}
            """,
            "the clients");
        return clients;
    }

    /// <summary>Its numbers of one kind, the retired ones left out.</summary>
    /// <param name="lifecycle">For example <c>pool</c> or <c>standby-reserved</c>.</param>
    public async Task<IReadOnlyList<NumberView>> NumbersAsync(string lifecycle) =>
        (await GetAsync<NumberPage>($"numbers?lifecycle={lifecycle}&limit=200")).Items;

    /// <summary>Waits until so many numbers of a kind are there, all of them Ready.</summary>
    public async Task<IReadOnlyList<NumberView>> ReadyAsync(string lifecycle, int count)
    {
        IReadOnlyList<NumberView> numbers = [];
        await Until.TrueAsync(
            async () =>
            {
                numbers = await NumbersAsync(lifecycle);
                return numbers.Count == count && numbers.All(number => number.Status == NumberStatus.Ready);
            },
            () => Task.FromResult(
                $"{count} {lifecycle} numbers to be Ready; there are {string.Join(", ", numbers.Select(Describe))}"));
        return numbers;
    }

    /// <summary>What the audit log has, in the order it happened.</summary>
    /// <param name="condition">Of its lines only those, for example <c>sitter_id = '…'</c>.</param>
    public async Task<IReadOnlyList<string>> AuditAsync(string condition)
    {
        await using var command = _product.Database.CreateCommand(
            $"SELECT event FROM alerts.audit WHERE organisation_id = '{Id}' AND {condition} ORDER BY occurred_at, id");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var events = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            events.Add(reader.GetString(0));
        }

        return events;
    }

    /// <summary>Waits until the audit log has these events, each as often as named here; others are left out.</summary>
    public async Task AuditedAsync(string condition, params string[] events)
    {
        async Task<IEnumerable<string>> FoundAsync() => (await AuditAsync(condition)).Where(events.Contains).Order();

        await Until.TrueAsync(
            async () => (await FoundAsync()).SequenceEqual(events.Order()),
            async () => $"{string.Join(", ", events)} in the audit log; it has {string.Join(", ", await FoundAsync())}");
    }

    public Task<T> GetAsync<T>(string path) => SendAsync<T>(HttpMethod.Get, path, null, null);

    public Task<T> DeleteAsync<T>(string path) => SendAsync<T>(HttpMethod.Delete, path, null, null);

    public Task<T> PostAsync<T>(string path, object? body = null, string? idempotencyKey = null) =>
        SendAsync<T>(HttpMethod.Post, path, body, idempotencyKey);

    /// <summary>Posts to one instance of the gateway, and leaves it to the caller what the answer means.</summary>
    public async Task<(int Status, JsonElement Content, bool Repeated)> PostToAsync(Uri gateway, string path, object body)
    {
        var (answer, repeated) = await AskAsync(HttpMethod.Post, new Uri(gateway, $"/v1/{path}"), body, null);
        using (answer)
        {
            return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Json), repeated);
        }
    }

    public void Dispose() => _api.Dispose();

    private async Task<T> SendAsync<T>(HttpMethod method, string path, object? body, string? idempotencyKey)
    {
        var (answer, _) = await AskAsync(method, new Uri(path, UriKind.Relative), body, idempotencyKey);
        using (answer)
        {
            return await ReadAsync<T>(answer);
        }
    }

    /// <summary>
    /// Asks, and again with the same key while the service behind the gateway takes longer than that waits, as the answer says
    /// to do: on a busy machine one does that has just started.
    /// </summary>
    private async Task<(HttpResponseMessage Answer, bool Repeated)> AskAsync(
        HttpMethod method, Uri address, object? body, string? idempotencyKey)
    {
        var key = method == HttpMethod.Post ? idempotencyKey ?? $"{Guid.CreateVersion7()}" : null;
        HttpResponseMessage? answer = null;
        var tries = 0;
        await Until.TrueAsync(
            async () =>
            {
                answer?.Dispose();
                using var request = RequestOf(method, address, body, key);
                answer = await _api.SendAsync(request, TestContext.Current.CancellationToken);
                tries++;
                return answer.StatusCode != HttpStatusCode.ServiceUnavailable || method == HttpMethod.Delete;
            },
            $"an answer of {address}");
        return (answer!, tries > 1);
    }

    private static HttpRequestMessage RequestOf(HttpMethod method, Uri address, object? body, string? idempotencyKey)
    {
        var request = new HttpRequestMessage(method, address)
        {
            Content = body is null ? null : JsonContent.Create(body, options: Json),
        };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return request;
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer)
    {
        var content = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.RequestMessage?.RequestUri} was answered {answer.StatusCode}: {content}");
        return JsonSerializer.Deserialize<T>(content, Json)!;
    }

    private static HttpClient ApiOf(ProductSystem product, string key)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new Uri(product.PublicUrl, "/v1/"),
            Timeout = TimeSpan.FromMinutes(1),
        };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return http;
    }

    private static async Task<string> CreateMessagingServiceAsync(ProductSystem product)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var credentials = Encoding.ASCII.GetBytes($"{ProductSystem.AccountSid}:{ProductSystem.AuthToken}");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials));
        using var form = new FormUrlEncodedContent(
            [new("FriendlyName", "PhoneMasking"), new("UseInboundWebhookOnNumber", "true")]);
        using var answer = await http.PostAsync(
            new Uri(product.Simulator.Address, "/messaging/v1/Services"), form, TestContext.Current.CancellationToken);
        return (await ReadAsync<JsonElement>(answer)).GetProperty("sid").GetString()!;
    }

    private static string Quoted(IEnumerable<string> values) => string.Join(',', values.Select(value => $"'{value}'"));

    private static string Describe(NumberView number) => $"{number.Stage} ({number.Reason} {number.ErrorCode})";

    private sealed record CreatedOrganisation(Organisation Organisation, string FirstKey);

    private sealed record Organisation(OrganisationId Id);
}
