using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Tests.Api;

/// <summary>Sitters, clients and numbers: the gateway asks who owns them.</summary>
[Collection(ApiGroup.Name)]
public sealed class OwnedRecordsTests(ApiWorld world)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PatienceOfABusyMachine = TimeSpan.FromSeconds(60);

    private static readonly string[] Phones = ["+13035550171"];

    [Fact]
    public async Task AddSitter_Accepted_Returns201AndCanBeReadAndRemoved()
    {
        var business = await world.NewBusinessAsync();

        var added = await business.PostAsync(
            "/v1/sitters", new { name = "Ana Alvarez", email = "ana@example.com", phone = "(303) 555-0111" });

        Assert.Equal(HttpStatusCode.Created, added.Status);
        Assert.Equal($"/v1/sitters/{added.Id}", added.Headers.Location?.AbsolutePath);
        Assert.Equal("+13035550111", added.Body.GetProperty("realNumber").GetString());
        Assert.Equal(HttpStatusCode.OK, (await business.GetAsync($"/v1/sitters/{added.Id}")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await business.DeleteAsync($"/v1/sitters/{added.Id}")).Status);
    }

    [Theory]
    [InlineData("Ana", "12", HttpStatusCode.BadRequest, "invalid-phone", "phone")]
    [InlineData("Late Comer", "(303) 555-0111", HttpStatusCode.Conflict, "no-standby-number", null)]
    public async Task AddSitter_Refused_IsPassedOnAsAProblem(
        string name, string phone, HttpStatusCode status, string type, string? field)
    {
        var business = await world.NewBusinessAsync();

        var refused = await business.PostAsync("/v1/sitters", new { name, phone });

        Assert.Equal((status, $"urn:phone-masking:{type}", field), (refused.Status, refused.ProblemType, refused.Field));
    }

    [Fact]
    public async Task AddSitter_OwnerDoesNotAnswer_Is503AfterAWhile()
    {
        var business = await world.NewBusinessAsync();
        var started = Stopwatch.GetTimestamp();

        var away = await business.PostAsync("/v1/sitters", new { name = FakeOwners.Nobody, phone = "(303) 555-0111" });

        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "urn:phone-masking:service-away"), (away.Status, away.ProblemType));
        Assert.InRange(Stopwatch.GetElapsedTime(started), Patience / 2, PatienceOfABusyMachine);
    }

    [Fact]
    public async Task Add_SameIdempotencyKey_AsksWithTheSameRequestIdInThisOrganisationOnly()
    {
        var (ours, theirs) = (await world.NewBusinessAsync(), await world.NewBusinessAsync());

        var first = await AddAsync(ours, "order-17");
        var again = await AddAsync(ours, "order-17");
        var other = await AddAsync(ours, "order-18");
        var elsewhere = await AddAsync(theirs, "order-17");

        Assert.Equal(first, again);
        Assert.Equal(3, new[] { first, other, elsewhere }.Distinct().Count());
    }

    [Fact]
    public async Task ClientAndSitter_OfAnotherOrganisation_Are404()
    {
        var (ours, theirs) = (await world.NewBusinessAsync(), await world.NewBusinessAsync());
        var client = await AddAsync(theirs, "theirs");

        foreach (var refused in new[]
        {
            await ours.GetAsync($"/v1/clients/{client}"),
            await ours.SendAsync(HttpMethod.Patch, $"/v1/clients/{client}", JsonContent.Create(new { name = "Mine" })),
            await ours.DeleteAsync($"/v1/sitters/{client}"),
        })
        {
            Assert.Equal(HttpStatusCode.NotFound, refused.Status);
            Assert.StartsWith("urn:phone-masking:unknown-", refused.ProblemType);
        }
    }

    [Fact]
    public async Task ChangeClient_PartOfIt_AsksForThatPartOnly()
    {
        var business = await world.NewBusinessAsync();
        var client = await AddAsync(business, "a-client");

        var changed = await business.SendAsync(
            HttpMethod.Patch, $"/v1/clients/{client}", JsonContent.Create(new { name = "Maria Diaz" }));

        Assert.Equal(HttpStatusCode.OK, changed.Status);
        var asked = Assert.Single(world.Owners.Asked<ChangeClient>(change => change.OrganisationId == business.Organisation));
        Assert.Equal(("Maria Diaz", null, null), (asked.Name, asked.Email, asked.Phones));
    }

    [Theory]
    [InlineData("Robert'); DROP TABLE gateway.sessions;--")]
    [InlineData("100% _\\ ' OR '1'='1")]
    public async Task NamesAndSearches_WithSqlInThem_ArePassedOnLiterally(string text)
    {
        var business = await world.NewBusinessAsync();

        await business.PostAsync("/v1/clients", new { name = text, phones = Phones });
        await business.PostAsync("/v1/clients/search", new { search = text });
        await business.PostAsync("/v1/sitters/search", new { search = text });
        var organisation = await business.PostAsync("/v1/organisations", new { name = text });

        Assert.Equal(text, world.Owners.Asked<AddClient>(IsOurs).Single().Name);
        Assert.Equal(text, world.Owners.Asked<ListClients>(list => list.OrganisationId == business.Organisation).Single().Search);
        Assert.Equal(text, world.Owners.Asked<ListSitters>(list => list.OrganisationId == business.Organisation).Single().Search);
        Assert.Equal(text, organisation.Body.GetProperty("organisation").GetProperty("name").GetString());

        bool IsOurs(AddClient add) => add.OrganisationId == business.Organisation;
    }

    [Fact]
    public async Task ImportNumbers_MoreThanOtherBodiesMayHave_IsPassedOnAndSaysWhatWasRefused()
    {
        var business = await world.NewBusinessAsync();
        var text = string.Join(',', Enumerable.Repeat("+13035550151", 9_000));

        var imported = await business.PostAsync("/v1/numbers/import", new { text, lifecycle = "standby" });

        Assert.Equal(HttpStatusCode.OK, imported.Status);
        Assert.Equal(2, imported.Body.GetProperty("errors")[0].GetProperty("line").GetInt32());
        var asked = Assert.Single(world.Owners.Asked<ImportNumbers>(import => import.OrganisationId == business.Organisation));
        Assert.Equal((text, NumberLifecycle.StandbyReserved), (asked.Text, asked.Lifecycle));
    }

    [Fact]
    public async Task Organisation_Created_HasAFirstKeyThatSeesItAlone()
    {
        var platform = await world.NewBusinessAsync();

        var created = await platform.PostAsync("/v1/organisations", new { name = "Happy Paws" });

        Assert.Equal(HttpStatusCode.Created, created.Status);
        var id = created.Body.GetProperty("organisation").GetProperty("id").GetGuid();
        var paws = new ApiBusiness(world, new OrganisationId(id), created.Body.GetProperty("firstKey").GetString()!);
        var seen = (await paws.GetAsync("/v1/organisations")).Body.GetProperty("items");
        Assert.Equal("Happy Paws", Assert.Single(seen.EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await platform.GetAsync($"/v1/organisations/{id}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await paws.PostAsync("/v1/organisations", new { name = "More" })).Status);
    }

    [Fact]
    public async Task Messages_AreTheOrganisationsOwn_AndOfOneSessionWhenAsked()
    {
        var (ours, theirs) = (await world.NewBusinessAsync(), await world.NewBusinessAsync());
        await ours.PoolAsync(1);
        var session = (await ours.OpenSessionAsync(await ours.SitterAsync(), await ours.ClientAsync())).Id;
        await using (var text = world.Database.CreateCommand("""
            INSERT INTO gateway.inbound (id, provider_sid, from_address, to_address, body, media, payload, state,
                organisation_id, session_id, received_at)
            VALUES (gen_random_uuid(), $1, '+13035550171', '+13035550131', 'Hello', '{}', '{}', 1, $2, $3, now())
            """))
        {
            text.Parameters.AddWithValue($"SM{Guid.CreateVersion7():N}");
            text.Parameters.AddWithValue(ours.Organisation.Value);
            text.Parameters.AddWithValue(session);
            await text.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var found = (await ours.GetAsync($"/v1/messages?sessionId={session}")).Body.GetProperty("items");
        Assert.Equal("Hello", Assert.Single(found.EnumerateArray()).GetProperty("body").GetString());
        Assert.Equal(0, (await ours.GetAsync($"/v1/messages?sessionId={Guid.NewGuid()}")).Body.GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await theirs.GetAsync($"/v1/messages?sessionId={session}")).Body.GetProperty("items").GetArrayLength());
    }

    private static async Task<Guid> AddAsync(ApiBusiness business, string idempotencyKey)
    {
        var added = await business.SendAsync(
            HttpMethod.Post,
            "/v1/clients",
            JsonContent.Create(new { name = "Maria Lopez", phones = Phones }),
            idempotencyKey: idempotencyKey);
        Assert.Equal(HttpStatusCode.Created, added.Status);
        return added.Id;
    }
}
