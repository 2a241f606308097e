using System.Net;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Tests.Api;

/// <summary>What happened, over the public API: the gateway asks AlertService.</summary>
[Collection(ApiGroup.Name)]
public sealed class AuditApiTests(ApiWorld world)
{
    private static readonly DateTimeOffset At = new(2026, 1, 15, 17, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_WithEveryFilter_AsksForThem()
    {
        var business = await world.NewBusinessAsync();
        var ids = Enumerable.Range(0, 7).Select(_ => Guid.CreateVersion7()).ToArray();

        var page = await business.GetAsync(
            "/v1/audit?event=SessionClosed&category=Client%20Sync&severity=Error&from=2026-01-15T10:00:00-07:00"
            + $"&until=2026-01-16T00:00:00Z&sitterId={ids[0]}&clientId={ids[1]}&numberId={ids[2]}&sessionId={ids[3]}"
            + $"&messageId={ids[4]}&apiKeyId={ids[5]}&after={ids[6]}&limit=7");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        var asked = Assert.Single(world.Owners.Asked<ListAudit>(list => list.OrganisationId == business.Organisation));
        Assert.Equal(
            new ListAudit(
                business.Organisation, ids[6], 7, "SessionClosed", "Client Sync", "Error", At, At.AddHours(7), new SitterId(ids[0]),
                new ClientId(ids[1]), new NumberId(ids[2]), new SessionId(ids[3]), new MessageId(ids[4]), new ApiKeyId(ids[5])),
            asked);
    }

    [Fact]
    public async Task List_ShowsWhatHappenedToWhom()
    {
        var business = await world.NewBusinessAsync();
        var record = Record("sitter-removed");
        world.Owners.Alerts.Add(business.Organisation, record);

        var item = (await business.GetAsync("/v1/audit")).Body.GetProperty("items")[0];

        Assert.Equal("SessionClosed", item.GetProperty("event").GetString());
        Assert.Equal("Messaging", item.GetProperty("category").GetString());
        Assert.Equal(record.SitterId!.Value.Value, item.GetProperty("sitterId").GetGuid());
        Assert.Equal("some details", item.GetProperty("details").GetString());
    }

    [Theory]
    [InlineData("category=Gossip", "category")]
    [InlineData("from=yesterday", "from")]
    [InlineData("sitterId=%2B13035550111", "sitterId")]
    [InlineData("limit=201", "limit")]
    [InlineData("after=1", "after")]
    public async Task List_WithAWrongFilter_Is400AndNamesIt(string query, string field)
    {
        var business = await world.NewBusinessAsync();

        var refused = await business.GetAsync($"/v1/audit?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.StartsWith("urn:phone-masking:", refused.ProblemType);
        Assert.Contains($"\"{field}\"", refused.Body.GetRawText());
        Assert.DoesNotContain("3035550111", refused.Body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_SendsTheWordsInTheBody()
    {
        var business = await world.NewBusinessAsync();

        var found = await business.PostAsync(
            "/v1/audit/search", new { search = "sitter removed", filter = new { category = "Messaging" }, limit = 9 });

        Assert.Equal(HttpStatusCode.OK, found.Status);
        var asked = Assert.Single(world.Owners.Asked<ListAudit>(list => list.OrganisationId == business.Organisation));
        Assert.Equal(("sitter removed", "Messaging", 9), (asked.Search, asked.Category, asked.Limit));
    }

    [Fact]
    public async Task Export_GivesEveryPageAsTextForASpreadsheet_AndIsAudited()
    {
        var business = await world.NewBusinessAsync();
        var records = new[] { Record("=cmd|' /C calc'!A1"), Record("say \"hi\", twice"), Record(null) };
        world.Owners.Alerts.Add(business.Organisation, records);

        var (status, type, csv) = await business.ReadTextAsync("/v1/audit/export?category=Messaging");

        Assert.Equal((HttpStatusCode.OK, "text/csv"), (status, type));
        var lines = csv.Split("\r\n");
        Assert.Equal(5, lines.Length);
        Assert.Equal(
            "id,occurredAt,event,category,severity,reason,details,sitterId,clientId,numberId,sessionId,messageId,apiKeyId", lines[0]);
        Assert.StartsWith(
            $"{records[0].Id},2026-01-15T17:00:00Z,SessionClosed,Messaging,Info,'=cmd|' /C calc'!A1,some details,", lines[1]);
        Assert.Contains(",\"say \"\"hi\"\", twice\",", lines[2]);
        Assert.Contains(",Info,,some details,", lines[3]);
        var begun = Assert.Single(world.Owners.Asked<BeginAuditExport>(begin => begin.Audit.OrganisationId == business.Organisation));
        Assert.Equal(("api", "Messaging"), (begun.By, begun.Audit.Category));
        Assert.NotNull(begun.ApiKeyId);
    }

    [Fact]
    public async Task Export_OfTooManyRecords_Is400BeforeAnythingIsSent()
    {
        var business = await world.NewBusinessAsync();

        var refused = await business.GetAsync($"/v1/audit/export?severity={FakeAlerts.TooMany}");

        Assert.Equal(
            (HttpStatusCode.BadRequest, "urn:phone-masking:export-too-large"), (refused.Status, refused.ProblemType));
        Assert.Empty(world.Owners.Asked<ListAudit>(list => list.OrganisationId == business.Organisation));
    }

    [Fact]
    public async Task NumbersExported_SessionExtendedAndOrganisationCreated_AreAudited()
    {
        var business = await world.NewBusinessAsync();
        await business.PoolAsync(1);
        var session = await business.OpenSessionAsync(await business.SitterAsync(), await business.ClientAsync());

        await business.ReadTextAsync("/v1/numbers/export");
        await business.PostAsync($"/v1/sessions/{session.Id}/extend");
        var created = await business.PostAsync("/v1/organisations", new { name = "Another business" });

        var exported = await world.Events.WaitForAsync<RecordsExported>(one => one.OrganisationId == business.Organisation, Cancelled);
        Assert.Equal(("numbers", "api"), (exported.What, exported.By));
        var extended = await world.Events.WaitForAsync<SessionExtended>(one => one.SessionId.Value == session.Id, Cancelled);
        Assert.Equal((business.Organisation, exported.ApiKeyId), (extended.OrganisationId, extended.ApiKeyId));
        var organisation = created.Body.GetProperty("organisation").GetProperty("id").GetGuid();
        await world.Events.WaitForAsync<OrganisationCreated>(one => one.OrganisationId.Value == organisation, Cancelled);
    }

    [Fact]
    public async Task Audit_WithoutItsScope_Is403()
    {
        var business = await world.NewBusinessAsync("sitters:read");

        Assert.Equal(HttpStatusCode.Forbidden, (await business.GetAsync("/v1/audit")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await business.GetAsync("/v1/audit/export")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await business.PostAsync("/v1/audit/search", new { search = "a" })).Status);
    }

    private static AuditView Record(string? reason) => new(
        Guid.CreateVersion7(), "SessionClosed", "Messaging", "Info", reason, SitterId.New(At), ClientId.New(At), null, null, null, null,
        At, "some details");
}
