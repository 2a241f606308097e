using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Tests.World;

namespace PhoneMasking.ProxyGateway.Tests.Api;

/// <summary>Numbers over the public API: the gateway asks NumberService, and says what it answered.</summary>
[Collection(ApiGroup.Name)]
public sealed class NumberApiTests(ApiWorld world)
{
    private static readonly Guid Unknown = Guid.CreateVersion7();

    [Fact]
    public async Task List_WithFilters_AsksForThem()
    {
        var business = await world.NewBusinessAsync();

        var page = await business.GetAsync("/v1/numbers?lifecycle=reserved-active&status=ready&limit=7");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        var asked = Assert.Single(world.Owners.Asked<ListNumbers>(list => list.OrganisationId == business.Organisation));
        Assert.Equal((NumberLifecycle.ReservedActive, NumberStatus.Ready, 7), (asked.Lifecycle, asked.Status, asked.Limit));
    }

    [Theory]
    [InlineData("lifecycle=Pool", "lifecycle")]
    [InlineData("lifecycle=1", "lifecycle")]
    [InlineData("status=broken", "status")]
    [InlineData("limit=many", "limit")]
    public async Task List_WordThatThereIsNot_Is400AndNamesTheParameter(string query, string field)
    {
        var business = await world.NewBusinessAsync();

        var refused = await business.GetAsync($"/v1/numbers?{query}");

        Assert.Equal((HttpStatusCode.BadRequest, field), (refused.Status, refused.Field));
    }

    [Fact]
    public async Task Get_Known_HasItsHistory_AndAnotherOrganisationsIs404()
    {
        var (ours, theirs) = (await world.NewBusinessAsync(), await world.NewBusinessAsync());
        var number = Add(ours);

        var read = await ours.GetAsync($"/v1/numbers/{number.Id}");
        var refused = await theirs.GetAsync($"/v1/numbers/{number.Id}");

        Assert.Equal(number.Number!.Reveal(), read.Body.GetProperty("number").GetProperty("number").GetString());
        Assert.Equal("standby-reserved", read.Body.GetProperty("history")[0].GetProperty("lifecycle").GetString());
        Assert.Equal((HttpStatusCode.NotFound, "urn:phone-masking:unknown-number"), (refused.Status, refused.ProblemType));
    }

    [Fact]
    public async Task Buy_Accepted_AnswersTheOrders()
    {
        var business = await world.NewBusinessAsync();

        var ordered = await business.PostAsync("/v1/numbers", new { lifecycle = "standby", count = 3, areaCode = "720" });

        Assert.Equal((HttpStatusCode.Accepted, 3), (ordered.Status, ordered.Body.GetProperty("numbers").GetArrayLength()));
        Assert.Equal("pending", ordered.Body.GetProperty("numbers")[0].GetProperty("status").GetString());
        var asked = Assert.Single(world.Owners.Asked<BuyNumbers>(buy => buy.OrganisationId == business.Organisation));
        Assert.Equal((NumberLifecycle.StandbyReserved, 3, "720"), (asked.Lifecycle, asked.Count, asked.AreaCode));
    }

    [Theory]
    [InlineData("""{ "count": 0 }""", "count")]
    [InlineData("""{ "count": 51 }""", "count")]
    [InlineData("""{ "areaCode": "13" }""", "areaCode")]
    [InlineData("""{ "areaCode": "'; DROP TABLE numbers;--" }""", "areaCode")]
    public async Task Buy_OutOfRange_Is400AndAsksNobody(string json, string field)
    {
        var business = await world.NewBusinessAsync();

        var refused = await business.PostAsync("/v1/numbers", JsonSerializer.Deserialize<JsonElement>(json));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.True(refused.Body.GetProperty("errors").TryGetProperty(field, out _));
        Assert.Empty(world.Owners.Asked<BuyNumbers>(buy => buy.OrganisationId == business.Organisation));
    }

    [Fact]
    public async Task EveryAction_OnAKnownNumber_AnswersTheNumber_AndOnAnUnknownOneIs404()
    {
        var business = await world.NewBusinessAsync();
        var number = Add(business);
        var sitter = Guid.CreateVersion7();

        foreach (var (action, body) in new (string, object?)[]
        {
            ("attach", null), ("verify", null), ("release", null), ("assign", new { sitterId = sitter }),
        })
        {
            var done = await business.PostAsync($"/v1/numbers/{number.Id}/{action}", body);
            var refused = await business.PostAsync($"/v1/numbers/{Unknown}/{action}", body);

            Assert.Equal((HttpStatusCode.OK, number.Id.Value), (done.Status, done.Id));
            Assert.Equal((HttpStatusCode.NotFound, "urn:phone-masking:unknown-number"), (refused.Status, refused.ProblemType));
        }

        var retired = await business.DeleteAsync($"/v1/numbers/{number.Id}");
        Assert.Equal((HttpStatusCode.OK, "retired"), (retired.Status, retired.Body.GetProperty("status").GetString()));
        Assert.Equal(
            sitter, Assert.Single(world.Owners.Asked<AssignNumber>(assign => assign.NumberId == number.Id)).SitterId.Value);
        Assert.Equal(HttpStatusCode.NotFound, (await business.DeleteAsync($"/v1/numbers/{Unknown}")).Status);
    }

    [Fact]
    public async Task Retire_NumberThatASitterHas_Is409WithTheRemedy()
    {
        var business = await world.NewBusinessAsync();
        var number = Add(business, sitter: SitterId.New(TimeProvider.System.GetUtcNow()));

        var refused = await business.DeleteAsync($"/v1/numbers/{number.Id}");

        Assert.Equal((HttpStatusCode.Conflict, "urn:phone-masking:number-in-use"), (refused.Status, refused.ProblemType));
        Assert.Contains("release", refused.Body.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task EveryWrite_WithoutTheScope_Is403()
    {
        var reader = await world.NewBusinessAsync("numbers:read");
        var number = Add(reader);

        foreach (var path in (string[])
            ["", "/import", $"/{number.Id}/attach", $"/{number.Id}/verify", $"/{number.Id}/assign", $"/{number.Id}/release"])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await reader.PostAsync($"/v1/numbers{path}", new { })).Status);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await reader.DeleteAsync($"/v1/numbers/{number.Id}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.PostAsync("/v1/monitors/standby-keeper/run")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.PostAsync("/v1/pool/allocations", new { })).Status);
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync($"/v1/numbers/{number.Id}")).Status);
    }

    [Fact]
    public async Task Import_WithAttach_PassesItOn()
    {
        var business = await world.NewBusinessAsync();

        await business.PostAsync("/v1/numbers/import", new { text = "+13035550151", attach = true });

        Assert.True(Assert.Single(
            world.Owners.Asked<ImportNumbers>(import => import.OrganisationId == business.Organisation)).Attach);
    }

    [Fact]
    public async Task Export_ManyPages_IsOneCsvInWhichNothingIsAFormula()
    {
        var business = await world.NewBusinessAsync();
        var numbers = Enumerable.Range(0, 5).Select(_ => Add(business, reason: "=cmd|' /C calc'!A0, \"x\"")).ToArray();

        var (status, type, csv) = await business.ReadTextAsync("/v1/numbers/export?lifecycle=standby-reserved");

        Assert.Equal((HttpStatusCode.OK, "text/csv"), (status, type));
        var lines = csv.Split("\r\n");
        Assert.StartsWith("id,number,lifecycle,status,", lines[0]);
        Assert.Equal(["", .. numbers.Select(number => number.Id.ToString()).Order()], lines[1..].Select(line => line.Split(',')[0]).Order());
        Assert.All(lines[1..^1], line => Assert.Contains(",\"'=cmd|' /C calc'!A0, \"\"x\"\"\",", line));
        Assert.All(lines[1..^1], line => Assert.StartsWith("'+1", line.Split(',')[1]));
        Assert.Equal(3, world.Owners.Asked<ListNumbers>(list =>
            list.OrganisationId == business.Organisation && list.Lifecycle == NumberLifecycle.StandbyReserved).Count);
    }

    [Fact]
    public async Task Export_OwnerGoesAwayBetweenTwoPages_IsCutOff_SoThatNobodyTakesAPartForTheWhole()
    {
        var business = await world.NewBusinessAsync();
        for (var index = 0; index < 3; index++)
        {
            Add(business, reason: FakeNumbers.LastAnswered);
        }

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => business.ReadTextAsync("/v1/numbers/export"));
    }

    [Fact]
    public async Task Export_NoNumbers_IsTheHeaderAlone()
    {
        var business = await world.NewBusinessAsync();

        var (status, _, csv) = await business.ReadTextAsync("/v1/numbers/export");

        Assert.Equal((HttpStatusCode.OK, 1), (status, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length));
    }

    [Fact]
    public async Task ChangeSitter_PartOfIt_AsksForThatPartOnly()
    {
        var business = await world.NewBusinessAsync();
        var sitter = (await business.PostAsync("/v1/sitters", new { name = "Ana Alvarez", phone = "(303) 555-0111" })).Id;

        var changed = await ChangeAsync(business, sitter, new { email = "" });
        var refused = await ChangeAsync(business, sitter, new { phone = "(303) 555-0131" });
        var unknown = await ChangeAsync(business, Unknown, new { name = "Ana" });

        Assert.Equal(HttpStatusCode.OK, changed.Status);
        Assert.True(changed.Body.TryGetProperty("reservedStatus", out _));
        var asked = world.Owners.Asked<ChangeSitter>(change => change.OrganisationId == business.Organisation)[0];
        Assert.Equal((null, "", null), (asked.Name, asked.Email, asked.Phone));
        Assert.Equal((HttpStatusCode.Conflict, "phone"), (refused.Status, refused.Field));
        Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
    }

    private static Task<Answer> ChangeAsync(ApiBusiness business, Guid sitter, object change) =>
        business.SendAsync(HttpMethod.Patch, $"/v1/sitters/{sitter}", JsonContent.Create(change));

    private NumberView Add(ApiBusiness business, SitterId? sitter = null, string? reason = null) => world.Owners.Numbers.Add(
        business.Organisation,
        new NumberView(
            NumberId.New(TimeProvider.System.GetUtcNow()),
            FictionNumbers.Next(),
            NumberLifecycle.StandbyReserved,
            NumberStatus.Ready,
            sitter,
            1,
            TimeProvider.System.GetUtcNow())
        {
            Reason = reason,
        });
}
