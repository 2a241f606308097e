using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.ApiKeys;

namespace PhoneMasking.ProxyGateway.Tests.Api;

[Collection(ApiGroup.Name)]
public sealed class ApiKeyTests(ApiWorld world)
{
    private static readonly HttpClient Http = new();
    private static readonly string[] UnknownScopes = ["everything"];

    [Theory]
    [InlineData(null)]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("Bearer")]
    [InlineData("Bearer pmk_short")]
    [InlineData("Bearer pmk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bearer pmk_' OR 1=1 --AAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task AnyPath_WithoutAValidKey_Is401WithAProblem(string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(world.Address, "/v1/sessions"));
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = await Answer.OfAsync(response);

        Assert.Equal((HttpStatusCode.Unauthorized, "urn:phone-masking:no-valid-key"), (answer.Status, answer.ProblemType));
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task Key_WithTheLastCharacterChanged_Is401()
    {
        var business = await world.NewBusinessAsync();
        var other = business.Key[^1] == 'A' ? 'B' : 'A';
        var forger = new ApiBusiness(world, business.Organisation, business.Key[..^1] + other);

        Assert.Equal(HttpStatusCode.Unauthorized, (await forger.GetAsync("/v1/sessions")).Status);
        Assert.Equal(HttpStatusCode.OK, (await business.GetAsync("/v1/sessions")).Status);
    }

    [Theory]
    [InlineData("GET", "/v1/sessions", Scopes.SessionsRead)]
    [InlineData("POST", "/v1/sessions", Scopes.SessionsWrite)]
    [InlineData("GET", "/v1/sitters", Scopes.SittersRead)]
    [InlineData("POST", "/v1/sitters", Scopes.SittersWrite)]
    [InlineData("GET", "/v1/clients", Scopes.ClientsRead)]
    [InlineData("POST", "/v1/clients", Scopes.ClientsWrite)]
    [InlineData("GET", "/v1/numbers", Scopes.NumbersRead)]
    [InlineData("POST", "/v1/numbers/import", Scopes.NumbersWrite)]
    [InlineData("GET", "/v1/messages", Scopes.TextsRead)]
    [InlineData("GET", "/v1/organisations", Scopes.OrganisationsRead)]
    [InlineData("POST", "/v1/organisations", Scopes.OrganisationsWrite)]
    [InlineData("GET", "/v1/keys", Scopes.KeysWrite)]
    public async Task Key_WithEveryScopeButTheRightOne_Is403AndNamesTheScope(string method, string path, string scope)
    {
        var business = await world.NewBusinessAsync([.. Scopes.All.Where(other => other != scope)]);

        var refused = await business.SendAsync(new HttpMethod(method), path, method == "POST" ? JsonContent.Create(new { }) : null);

        Assert.Equal((HttpStatusCode.Forbidden, "urn:phone-masking:missing-scope"), (refused.Status, refused.ProblemType));
        Assert.Contains(scope, refused.Body.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Key_Revoked_EndsAtOnceOnEveryInstance()
    {
        var business = await world.NewBusinessAsync();
        var created = await business.PostAsync("/v1/keys", new { name = "Zapier", scopes = new[] { Scopes.SessionsRead } });
        Assert.Equal(HttpStatusCode.Created, created.Status);
        var zapier = new ApiBusiness(world, business.Organisation, created.Body.GetProperty("secret").GetString()!);
        Assert.Equal(HttpStatusCode.OK, (await zapier.GetAsync("/v1/sessions")).Status);

        var id = created.Body.GetProperty("key").GetProperty("id").GetGuid();
        Assert.Equal(HttpStatusCode.NoContent, (await business.DeleteAsync($"/v1/keys/{id}")).Status);

        Assert.Equal(HttpStatusCode.Unauthorized, (await zapier.SendAsync(HttpMethod.Get, "/v1/sessions", host: 0)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await zapier.SendAsync(HttpMethod.Get, "/v1/sessions", host: 1)).Status);
    }

    [Fact]
    public async Task Key_CreatedAndRevoked_IsToldOnceEachWithoutTheKey()
    {
        var business = await world.NewBusinessAsync();
        var created = await business.PostAsync("/v1/keys", new { name = "Zapier", scopes = new[] { Scopes.SessionsRead } });
        var id = new ApiKeyId(created.Body.GetProperty("key").GetProperty("id").GetGuid());
        await business.DeleteAsync($"/v1/keys/{id}");
        await business.DeleteAsync($"/v1/keys/{id}");
        var last = await business.PostAsync("/v1/keys", new { name = "Last", scopes = new[] { Scopes.SessionsRead } });

        var told = await world.Events.WaitForAsync<ApiKeyCreated>(told => told.ApiKeyId == id, TestContext.Current.CancellationToken);
        await world.Events.WaitForAsync<ApiKeyRevoked>(told => told.ApiKeyId == id, TestContext.Current.CancellationToken);
        await world.Events.WaitForAsync<ApiKeyCreated>(
            told => told.ApiKeyId.Value == last.Body.GetProperty("key").GetProperty("id").GetGuid(),
            TestContext.Current.CancellationToken);

        Assert.Equal((business.Organisation, "api"), (told.OrganisationId, told.Reason));
        Assert.Equal([Scopes.SessionsRead], told.Scopes);
        Assert.DoesNotContain(
            created.Body.GetProperty("key").GetProperty("prefix").GetString()!, JsonSerializer.Serialize(told), StringComparison.Ordinal);
        Assert.Single(world.Events.Kept<ApiKeyRevoked>(), told => told.ApiKeyId == id);
    }

    [Fact]
    public async Task Organisation_Created_ItsFirstKeyIsTold()
    {
        var business = await world.NewBusinessAsync();

        var created = await business.PostAsync("/v1/organisations", new { name = "Another business" });

        Assert.Equal(HttpStatusCode.Created, created.Status);
        var organisation = new OrganisationId(created.Body.GetProperty("organisation").GetProperty("id").GetGuid());
        var told = await world.Events.WaitForAsync<ApiKeyCreated>(
            told => told.OrganisationId == organisation, TestContext.Current.CancellationToken);
        Assert.Equal("organisation", told.Reason);
    }

    [Fact]
    public async Task Keys_OfAnotherOrganisation_AreNeitherListedNorRevocable()
    {
        var (ours, theirs) = (await world.NewBusinessAsync(), await world.NewBusinessAsync());
        var key = (await theirs.GetAsync("/v1/keys")).Body.GetProperty("items")[0].GetProperty("id").GetGuid();

        Assert.Equal(HttpStatusCode.NotFound, (await ours.DeleteAsync($"/v1/keys/{key}")).Status);
        Assert.Equal(1, (await ours.GetAsync("/v1/keys")).Body.GetProperty("items").GetArrayLength());
        Assert.Equal(HttpStatusCode.OK, (await theirs.GetAsync("/v1/keys")).Status);
    }

    [Fact]
    public async Task CreateKey_WithMoreScopesThanItsMaker_IsRefused()
    {
        var business = await world.NewBusinessAsync(Scopes.KeysWrite, Scopes.SessionsRead);

        var more = await business.PostAsync("/v1/keys", new { name = "X", scopes = new[] { Scopes.TextsRead } });
        var unknown = await business.PostAsync("/v1/keys", new { name = "X", scopes = UnknownScopes });

        Assert.Equal((HttpStatusCode.Forbidden, "scopes"), (more.Status, more.Field));
        Assert.Equal((HttpStatusCode.BadRequest, "scopes"), (unknown.Status, unknown.Field));
    }

    [Fact]
    public async Task Key_IsStoredAsAHashOnly_AndItsLastUseIsRecordedOncePerInterval()
    {
        var business = await world.NewBusinessAsync();
        await business.GetAsync("/v1/sessions");
        var first = await LastUsedAsync(business);
        await business.GetAsync("/v1/sessions");

        Assert.NotNull(first);
        Assert.Equal(first, await LastUsedAsync(business));
        await using var search = world.Database.CreateCommand(
            "SELECT count(*) FROM gateway.api_keys WHERE api_keys::text LIKE '%' || $1 || '%'");
        search.Parameters.AddWithValue(business.Key[12..]);
        Assert.Equal(0L, await search.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Command_CreateApiKey_PrintsAKeyThatWorksAndNothingElse()
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();

        var code = await CreateApiKeyCommand.RunAsync(
            world.Hosts[0].Services, ["--name", "First", "--scopes", "sessions:read,texts:read"], output, errors);

        Assert.Equal(0, code);
        var business = new ApiBusiness(world, OrganisationId.Default, output.ToString().Trim());
        Assert.Equal(HttpStatusCode.OK, (await business.GetAsync("/v1/sessions")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await business.GetAsync("/v1/sitters")).Status);
    }

    [Theory]
    [InlineData()]
    [InlineData("--name", "X")]
    [InlineData("--name", "X", "--scopes", "everything")]
    [InlineData("--name", "X", "--scopes")]
    [InlineData("--name", "X", "--scopes", "all", "--organisation", "01920000-0000-7000-8000-00000000ffff")]
    public async Task Command_CreateApiKeyWithWrongOptions_PrintsNoKey(params string[] options)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();

        Assert.NotEqual(0, await CreateApiKeyCommand.RunAsync(world.Hosts[0].Services, options, output, errors));
        Assert.Empty(output.ToString());
        Assert.NotEmpty(errors.ToString());
    }

    private async Task<DateTime?> LastUsedAsync(ApiBusiness business)
    {
        await using var command = world.Database.CreateCommand(
            "SELECT last_used_at FROM gateway.api_keys WHERE organisation_id = $1");
        command.Parameters.AddWithValue(business.Organisation.Value);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) as DateTime?;
    }
}
