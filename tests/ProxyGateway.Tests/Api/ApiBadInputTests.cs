using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace PhoneMasking.ProxyGateway.Tests.Api;

[Collection(ApiGroup.Name)]
public sealed class ApiBadInputTests(ApiWorld world)
{
    private static readonly string TooLong = new('x', 101);
    private static readonly string[] OneScope = ["texts:read"];

    public static TheoryData<string, string, string> WrongFields => new()
    {
        { "/v1/sitters", """{ "phone": "(303) 555-0111" }""", "name" },
        { "/v1/sitters", """{ "name": "", "phone": "(303) 555-0111" }""", "name" },
        { "/v1/sitters", $$"""{ "name": "{{TooLong}}", "phone": "(303) 555-0111" }""", "name" },
        { "/v1/sitters", """{ "name": "Ana" }""", "phone" },
        { "/v1/sitters/search", """{ "search": "ana", "limit": 201 }""", "limit" },
        { "/v1/clients", """{ "name": "Maria", "phones": [] }""", "phones" },
        { "/v1/clients", """{ "phones": ["+13035550171"] }""", "name" },
        { "/v1/clients/search", """{ }""", "search" },
        { "/v1/numbers/import", """{ "lifecycle": "pool" }""", "text" },
        { "/v1/sessions", """{ "sitterId": "019a0000-0000-7000-8000-000000000001" }""", "clientId" },
        { "/v1/organisations", """{ "name": "" }""", "name" },
        { "/v1/keys", """{ "name": "X" }""", "scopes" },
    };

    public static TheoryData<string, string, string?> Malformed => new()
    {
        { "/v1/sitters", """{ "name": "Ana", """, null },
        { "/v1/sitters", "not json", null },
        { "/v1/sitters", "null", null },
        { "/v1/sitters", "", null },
        { "/v1/sitters", """{ "name": 5, "phone": "(303) 555-0111" }""", "name" },
        { "/v1/sessions", """{ "sitterId": "+13035550111", "clientId": null }""", "sitterId" },
        { "/v1/numbers/import", """{ "text": "+13035550151", "lifecycle": "reserved" }""", "lifecycle" },
        { "/v1/clients", """{ "name": "Maria", "phones": "+13035550171" }""", "phones" },
    };

    [Theory]
    [MemberData(nameof(WrongFields))]
    public async Task Body_WithAWrongField_Is400AndNamesIt(string path, string json, string field)
    {
        var business = await world.NewBusinessAsync();

        var refused = await business.SendAsync(HttpMethod.Post, path, Json(json));

        Assert.Equal((HttpStatusCode.BadRequest, "urn:phone-masking:invalid-request"), (refused.Status, refused.ProblemType));
        Assert.Contains(
            field, refused.Body.GetProperty("errors").EnumerateObject().Select(error => error.Name), StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task Body_ThatCannotBeRead_Is400WithAProblem(string path, string json, string? field)
    {
        var business = await world.NewBusinessAsync();

        var refused = await business.SendAsync(HttpMethod.Post, path, Json(json));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.StartsWith("urn:phone-masking:malformed-", refused.ProblemType);
        Assert.Equal(field, refused.Field);
    }

    [Theory]
    [InlineData("/v1/sessions?limit=0")]
    [InlineData("/v1/sessions?limit=201")]
    [InlineData("/v1/sitters?limit=many")]
    [InlineData("/v1/messages?after=13035550142")]
    public async Task Query_OutOfItsRange_Is400WithAProblem(string path)
    {
        var business = await world.NewBusinessAsync();

        var refused = await business.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.StartsWith("urn:phone-masking:", refused.ProblemType);
        Assert.DoesNotContain("13035550142", refused.Body.ToString());
    }

    [Theory]
    [InlineData("/v1/sitters", 65_537)]
    [InlineData("/v1/numbers/import", 262_145)]
    public async Task Body_OverTheLimitAndChunked_Is413(string path, int size)
    {
        var business = await world.NewBusinessAsync();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes($$"""{ "name": "{{new string('x', size)}}" }"""));

        // A stream of unknown length is sent in chunks.
        var refused = await business.SendAsync(HttpMethod.Post, path, new Chunked(stream));

        Assert.Equal(
            (HttpStatusCode.RequestEntityTooLarge, "urn:phone-masking:too-large"), (refused.Status, refused.ProblemType));
    }

    [Theory]
    [InlineData("GET", "/v1/nothing", HttpStatusCode.NotFound, "not-found")]
    [InlineData("GET", "/v1/clients/%2B13035550142", HttpStatusCode.NotFound, "not-found")]
    [InlineData("PUT", "/v1/sessions", HttpStatusCode.MethodNotAllowed, "method-not-allowed")]
    public async Task UnknownPath_IsAProblemToo(string method, string path, HttpStatusCode status, string type)
    {
        var business = await world.NewBusinessAsync();

        var refused = await business.SendAsync(new HttpMethod(method), path);

        Assert.Equal((status, $"urn:phone-masking:{type}"), (refused.Status, refused.ProblemType));
    }

    [Fact]
    public async Task Body_ThatIsNotJson_Is415()
    {
        var business = await world.NewBusinessAsync();

        var refused = await business.SendAsync(HttpMethod.Post, "/v1/sitters", new StringContent("name=Ana"));

        Assert.Equal(
            (HttpStatusCode.UnsupportedMediaType, "urn:phone-masking:not-json"), (refused.Status, refused.ProblemType));
    }

    [Fact]
    public async Task Name_WithANullCharacter_Is400()
    {
        var business = await world.NewBusinessAsync();

        var refused = await business.PostAsync("/v1/organisations", new { name = "Happy\0Paws" });

        Assert.Equal((HttpStatusCode.BadRequest, "name"), (refused.Status, refused.Field));
    }

    [Fact]
    public async Task Logs_OfAllThis_HoldNoNumberNoNameAndNoKey()
    {
        const string Name = "Zebediah Unlogged";
        const string Phone = "(970) 555-0199";
        var business = await world.NewBusinessAsync();
        await business.PoolAsync(1);
        var sitter = await business.SitterAsync();
        await business.PostAsync("/v1/sitters", new { name = Name, phone = Phone });
        await business.PostAsync("/v1/sitters", new { name = FakeOwners.Nobody, phone = Phone });
        await business.PostAsync("/v1/clients/search", new { search = Name });
        await business.SendAsync(HttpMethod.Post, "/v1/clients", Json($$"""{ "name": "{{Name}}", "phones": "{{Phone}}" }"""));
        await business.GetAsync("/v1/messages?after=%2B19705550199");
        await business.GetAsync("/v1/clients/%2B19705550199");
        await new ApiBusiness(world, business.Organisation, business.Key[..^1] + "!").GetAsync("/v1/sessions");
        var session = await business.OpenSessionAsync(sitter, await business.ClientAsync(Name));
        await business.OpenSessionAsync(sitter, await business.ClientAsync(Name));
        var created = await business.PostAsync("/v1/keys", new { name = Name, scopes = OneScope });

        var pool = session.Body.GetProperty("poolNumber").GetString()!;
        var secret = created.Body.GetProperty("secret").GetString()!;
        Assert.NotEmpty(world.Log.Lines);
        foreach (var forbidden in new[] { Name, Phone, "9705550199", pool[1..], business.Key[..^1], secret })
        {
            Assert.DoesNotContain(world.Log.Lines, line => line.Contains(forbidden, StringComparison.Ordinal));
        }
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private sealed class Chunked : StreamContent
    {
        public Chunked(Stream stream)
            : base(stream) => Headers.ContentType = new MediaTypeHeaderValue("application/json");

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
