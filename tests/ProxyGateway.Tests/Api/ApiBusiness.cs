using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Directory;
using PhoneMasking.ProxyGateway.Tests.World;

namespace PhoneMasking.ProxyGateway.Tests.Api;

/// <summary>A business that uses the public API with a key of its own.</summary>
internal sealed class ApiBusiness(ApiWorld world, OrganisationId organisation, string key)
{
    private static readonly HttpClient Http = new();

    private readonly DirectoryWriter _directory = world.Hosts[0].Services.GetRequiredService<DirectoryWriter>();

    public OrganisationId Organisation => organisation;

    public string Key => key;

    public async Task<SitterId> SitterAsync(bool reserved = true)
    {
        var sitter = new SitterChanged(
            organisation,
            SitterId.New(Now),
            "Ana Alvarez",
            FictionNumbers.Next(),
            null,
            reserved ? FictionNumbers.Next() : null,
            true,
            1,
            Now);
        await _directory.SaveAsync(sitter, TestContext.Current.CancellationToken);
        return sitter.SitterId;
    }

    public async Task<ClientId> ClientAsync(string name = "Maria Lopez", params E164Number[] phones)
    {
        var client = new ClientChanged(
            organisation, ClientId.New(Now), name, phones is [] ? [FictionNumbers.Next()] : phones, false, 1, Now);
        await _directory.SaveAsync(client, TestContext.Current.CancellationToken);
        return client.ClientId;
    }

    public async Task PoolAsync(int count)
    {
        for (var index = 0; index < count; index++)
        {
            await _directory.SaveAsync(
                new NumberChanged(
                    organisation, NumberId.New(Now), FictionNumbers.Next(), NumberLifecycle.Pool, NumberStatus.Ready, null, 1, Now),
                TestContext.Current.CancellationToken);
        }
    }

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> PostAsync(string path, object? body = null, int host = 0) =>
        SendAsync(HttpMethod.Post, path, body is null ? null : JsonContent.Create(body), host);

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public Task<Answer> OpenSessionAsync(SitterId sitter, ClientId client, int host = 0) =>
        PostAsync("/v1/sessions", new { sitterId = sitter, clientId = client }, host);

    /// <summary>Posts with an Idempotency-Key.</summary>
    public Task<Answer> PostOnceAsync(string path, string key, object? body = null, int host = 0) =>
        SendAsync(HttpMethod.Post, path, body is null ? null : JsonContent.Create(body), host, key);

    /// <summary>Reads what is not JSON.</summary>
    public async Task<(HttpStatusCode Status, string? Type, string Text)> ReadTextAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(world.Address, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response.StatusCode, response.Content.Headers.ContentType?.MediaType, text);
    }

    public async Task<Answer> SendAsync(
        HttpMethod method,
        string path,
        HttpContent? content = null,
        int host = 0,
        string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(world.Hosts[host].ClientOptions.BaseAddress, path));
        request.Content = content;
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.OfAsync(response);
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();
}

/// <summary>What the API answered.</summary>
internal sealed record Answer(HttpStatusCode Status, HttpResponseHeaders Headers, string? ContentType, JsonElement Body)
{
    public string? ProblemType => ContentType == "application/problem+json" ? Body.GetProperty("type").GetString() : null;

    public string? Field => Body.TryGetProperty("field", out var found) ? found.GetString() : null;

    public Guid Id => Body.GetProperty("id").GetGuid();

    public static async Task<Answer> OfAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var body = text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
        return new Answer(response.StatusCode, response.Headers, response.Content.Headers.ContentType?.MediaType, body);
    }
}
