using System.Net;
using System.Text.Json;

namespace PhoneMasking.ProxyGateway.Tests.Api;

[Collection(ApiGroup.Name)]
public sealed class ApiDescriptionTests(ApiWorld world)
{
    private static readonly HttpClient Http = new();

    [Fact]
    public async Task OpenApi_EveryOperation_HasASummaryAScopeAndItsRefusals()
    {
        var document = await ReadAsync();
        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes")
            .GetProperty("apiKey").GetProperty("scheme").GetString());
        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => (path.Name, operation.Value)))
            .ToArray();

        Assert.Equal(24, operations.Length);
        foreach (var (path, operation) in operations)
        {
            Assert.StartsWith("/v1/", path);
            Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
            Assert.Contains("scope", operation.GetProperty("description").GetString());
            Assert.Equal(1, operation.GetProperty("security").GetArrayLength());
            var responses = operation.GetProperty("responses").EnumerateObject().Select(response => response.Name).ToArray();
            Assert.Superset(new HashSet<string> { "401", "403", "429" }, responses.ToHashSet());
        }
    }

    [Fact]
    public async Task OpenApi_Requests_HaveAnExampleAndNumbersAreStrings()
    {
        var schemas = (await ReadAsync()).GetProperty("components").GetProperty("schemas");

        foreach (var schema in schemas.EnumerateObject().Where(schema => schema.Name.EndsWith("Request", StringComparison.Ordinal)))
        {
            Assert.True(schema.Value.TryGetProperty("examples", out _), schema.Name);
        }

        Assert.Equal("string", schemas.GetProperty("E164Number").GetProperty("type").GetString());
        Assert.DoesNotContain("lastTwoDigits", schemas.ToString());
    }

    [Fact]
    public async Task Docs_AreAPageOfTheServiceItself()
    {
        using var response = await Http.GetAsync(
            new Uri(world.Address, "/docs/index.html"), TestContext.Current.CancellationToken);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("PhoneMasking API", page);
        Assert.DoesNotContain("https://", page);
    }

    private async Task<JsonElement> ReadAsync()
    {
        var text = await Http.GetStringAsync(
            new Uri(world.Address, "/openapi/v1.json"), TestContext.Current.CancellationToken);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }
}
