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

        Assert.Equal(48, operations.Length);
        foreach (var (path, operation) in operations)
        {
            Assert.StartsWith("/v1/", path);
            Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
            Assert.Contains("scope", operation.GetProperty("description").GetString());
            Assert.Equal(1, operation.GetProperty("security").GetArrayLength());
            var responses = operation.GetProperty("responses").EnumerateObject().Select(response => response.Name).ToArray();
            Assert.Superset(new HashSet<string> { "401", "403", "429", "503" }, responses.ToHashSet());
            Assert.True(!path.Contains("{id}", StringComparison.Ordinal) || responses.Contains("404"), path);
            Assert.True(!operation.TryGetProperty("requestBody", out _) || responses.Contains("400"), path);
        }
    }

    [Fact]
    public async Task OpenApi_EveryRequestAndEveryAnswer_HasAnExample()
    {
        foreach (var (name, operation) in await OperationsAsync())
        {
            if (operation.TryGetProperty("requestBody", out var request))
            {
                AssertExamples(name, request);
            }

            foreach (var response in operation.GetProperty("responses").EnumerateObject())
            {
                AssertExamples($"{name} {response.Name}", response.Value);
                Assert.True(
                    response.Name[0] == '2' || response.Value.GetProperty("content").TryGetProperty("application/problem+json", out _),
                    $"{name} {response.Name}");
            }
        }
    }

    [Fact]
    public async Task OpenApi_EveryPostThatChangesSomething_TakesAnIdempotencyKey()
    {
        var posts = (await OperationsAsync()).Where(operation => operation.Name.StartsWith("POST", StringComparison.Ordinal)).ToArray();

        Assert.Equal(20, posts.Length);
        foreach (var (name, operation) in posts)
        {
            var takesKey = operation.TryGetProperty("parameters", out var parameters) && parameters.EnumerateArray()
                .Any(parameter => parameter.GetProperty("name").GetString() == "Idempotency-Key");
            Assert.True(takesKey != name.EndsWith("/search", StringComparison.Ordinal), name);
            Assert.True(takesKey == operation.GetProperty("responses").TryGetProperty("422", out _), name);
        }
    }

    [Fact]
    public async Task OpenApi_EnumeratedParameters_NameTheirWords()
    {
        var (_, list) = (await OperationsAsync()).Single(operation => operation.Name == "GET /v1/numbers");

        var words = list.GetProperty("parameters").EnumerateArray()
            .Single(parameter => parameter.GetProperty("name").GetString() == "lifecycle")
            .GetProperty("schema").GetProperty("enum").EnumerateArray().Select(word => word.GetString());
        Assert.Equal(["pool", "reserved-active", "standby-reserved", "dedicated"], words);
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

    [Theory]
    [InlineData("/docs/index.html")]
    [InlineData("/")]
    public async Task Docs_AreAPageOfTheServiceItself(string path)
    {
        using var response = await Http.GetAsync(
            new Uri(world.Address, path), TestContext.Current.CancellationToken);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("PhoneMasking API", page);
        Assert.DoesNotContain("https://", page);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; ", policy);
        Assert.EndsWith("frame-ancestors 'none'", policy);
    }

    private static void AssertExamples(string name, JsonElement described)
    {
        if (described.TryGetProperty("content", out var content))
        {
            foreach (var type in content.EnumerateObject())
            {
                Assert.True(type.Value.TryGetProperty("example", out var example), $"{name} {type.Name}");
                Assert.NotEqual(JsonValueKind.Null, example.ValueKind);
            }
        }
    }

    private async Task<(string Name, JsonElement Operation)[]> OperationsAsync() =>
    [
        .. (await ReadAsync()).GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
            .Select(operation => ($"{operation.Name.ToUpperInvariant()} {path.Name.TrimEnd('/')}", operation.Value))),
    ];

    private async Task<JsonElement> ReadAsync()
    {
        var text = await Http.GetStringAsync(
            new Uri(world.Address, "/openapi/v1.json"), TestContext.Current.CancellationToken);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }
}
