using System.Net;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Tests.World;

namespace PhoneMasking.ProxyGateway.Tests.Api;

[Collection(ApiGroup.Name)]
public sealed class SessionApiTests(ApiWorld world)
{
    [Fact]
    public async Task OpenSession_NewPair_Returns201WithNamesAndNumbersAndAnnouncesIt()
    {
        var business = await world.NewBusinessAsync();
        await business.PoolAsync(1);

        var opened = await business.OpenSessionAsync(await business.SitterAsync(), await business.ClientAsync());

        Assert.Equal(HttpStatusCode.Created, opened.Status);
        Assert.Equal($"/v1/sessions/{opened.Id}", opened.Headers.Location?.AbsolutePath);
        Assert.Equal("Ana Alvarez", opened.Body.GetProperty("sitterName").GetString());
        Assert.Equal("Maria Lopez", opened.Body.GetProperty("clientName").GetString());
        Assert.True(opened.Body.GetProperty("open").GetBoolean());
        Assert.StartsWith("+1", opened.Body.GetProperty("poolNumber").GetString());
        Assert.Equal(opened.Body.ToString(), (await business.GetAsync($"/v1/sessions/{opened.Id}")).Body.ToString());
    }

    [Fact]
    public async Task OpenSession_PairInTouchAlready_Returns200AndTheSameSession()
    {
        var business = await world.NewBusinessAsync();
        await business.PoolAsync(2);
        var (sitter, client) = (await business.SitterAsync(), await business.ClientAsync());
        var first = await business.OpenSessionAsync(sitter, client);

        var second = await business.OpenSessionAsync(sitter, client, host: 1);

        Assert.Equal(HttpStatusCode.OK, second.Status);
        Assert.Equal(first.Body.ToString(), second.Body.ToString());
    }

    [Fact]
    public async Task OpenSession_AfterClosing_ReopensOnTheSameNumber()
    {
        var business = await world.NewBusinessAsync();
        await business.PoolAsync(3);
        var (sitter, client) = (await business.SitterAsync(), await business.ClientAsync());
        var first = await business.OpenSessionAsync(sitter, client);
        Assert.Equal(HttpStatusCode.NoContent, (await business.DeleteAsync($"/v1/sessions/{first.Id}")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await business.DeleteAsync($"/v1/sessions/{first.Id}")).Status);
        var closed = await business.GetAsync($"/v1/sessions/{first.Id}");
        Assert.Equal("api", closed.Body.GetProperty("closedReason").GetString());

        var again = await business.OpenSessionAsync(sitter, client);

        Assert.Equal(HttpStatusCode.Created, again.Status);
        Assert.Equal(first.Id, again.Id);
        Assert.Equal(
            first.Body.GetProperty("poolNumber").GetString(), again.Body.GetProperty("poolNumber").GetString());
    }

    [Fact]
    public async Task OpenSession_EveryNumberTaken_IsRefusedAsPoolExhausted()
    {
        var business = await world.NewBusinessAsync();
        await business.PoolAsync(1);
        var sitter = await business.SitterAsync();
        await business.OpenSessionAsync(sitter, await business.ClientAsync());

        var refused = await business.OpenSessionAsync(sitter, await business.ClientAsync());

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal("urn:phone-masking:pool-exhausted", refused.ProblemType);
    }

    [Fact]
    public async Task OpenSession_SitterWithoutNumber_NamesTheSitter()
    {
        var business = await world.NewBusinessAsync();

        var refused = await business.OpenSessionAsync(
            await business.SitterAsync(reserved: false), await business.ClientAsync());

        Assert.Equal(("urn:phone-masking:no-reserved-number", "sitterId"), (refused.ProblemType, refused.Field));
    }

    [Fact]
    public async Task EverySessionPath_AnotherOrganisationsIds_Are404()
    {
        var (ours, theirs) = (await world.NewBusinessAsync(), await world.NewBusinessAsync());
        await theirs.PoolAsync(1);
        var (sitter, client) = (await theirs.SitterAsync(), await theirs.ClientAsync());
        var session = (await theirs.OpenSessionAsync(sitter, client)).Id;

        Assert.Equal(HttpStatusCode.NotFound, (await ours.OpenSessionAsync(sitter, client)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ours.OpenSessionAsync(await ours.SitterAsync(), client)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ours.GetAsync($"/v1/sessions/{session}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ours.PostAsync($"/v1/sessions/{session}/extend")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ours.DeleteAsync($"/v1/sessions/{session}")).Status);
        Assert.Equal(0, (await ours.GetAsync("/v1/sessions")).Body.GetProperty("items").GetArrayLength());
        Assert.True((await theirs.GetAsync($"/v1/sessions/{session}")).Body.GetProperty("open").GetBoolean());
    }

    [Fact]
    public async Task Extend_OpenSession_MovesItsEnd_AndAClosedOneIsRefused()
    {
        var business = await world.NewBusinessAsync();
        await business.PoolAsync(1);
        var opened = await business.OpenSessionAsync(await business.SitterAsync(), await business.ClientAsync());

        var extended = await business.PostAsync($"/v1/sessions/{opened.Id}/extend");

        Assert.Equal(HttpStatusCode.OK, extended.Status);
        Assert.True(
            extended.Body.GetProperty("expiresAt").GetDateTimeOffset() > opened.Body.GetProperty("expiresAt").GetDateTimeOffset());
        await business.DeleteAsync($"/v1/sessions/{opened.Id}");
        var refused = await business.PostAsync($"/v1/sessions/{opened.Id}/extend");
        Assert.Equal((HttpStatusCode.Conflict, "urn:phone-masking:session-closed"), (refused.Status, refused.ProblemType));
    }

    [Fact]
    public async Task List_Pages_AreNewestFirstWithoutGapsAndFilterByOpen()
    {
        var business = await world.NewBusinessAsync();
        await business.PoolAsync(5);
        var sitter = await business.SitterAsync();
        var ids = new List<Guid>();
        for (var index = 0; index < 5; index++)
        {
            ids.Add((await business.OpenSessionAsync(sitter, await business.ClientAsync())).Id);
        }

        await business.DeleteAsync($"/v1/sessions/{ids[1]}");

        var read = new List<Guid>();
        string? after = null;
        do
        {
            var page = await business.GetAsync($"/v1/sessions?limit=2{(after is null ? "" : $"&after={after}")}");
            read.AddRange(page.Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid()));
            after = page.Body.GetProperty("next").GetString();
        }
        while (after is not null);
        ids.Reverse();
        Assert.Equal(ids, read);
        Assert.Equal(4, (await business.GetAsync("/v1/sessions?open=true")).Body.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task OpenSession_SeventyClientsAtOnceOnTwoInstances_GetEachPoolNumberOnce()
    {
        var business = await world.NewBusinessAsync();
        await business.PoolAsync(60);
        var sitter = await business.SitterAsync();
        var clients = new List<ClientId>();
        for (var index = 0; index < 70; index++)
        {
            clients.Add(await business.ClientAsync());
        }

        var answers = await Task.WhenAll(
            clients.Select((client, index) => business.OpenSessionAsync(sitter, client, host: index % 2)));

        var opened = answers.Where(answer => answer.Status == HttpStatusCode.Created).ToArray();
        Assert.Equal(60, opened.Length);
        Assert.Equal(10, answers.Count(answer =>
            answer is { Status: HttpStatusCode.Conflict, ProblemType: "urn:phone-masking:pool-exhausted" }));
        Assert.Equal(60, opened.Select(answer => answer.Body.GetProperty("poolNumber").GetString()).Distinct().Count());
        Assert.Equal(60, opened.Select(answer => answer.Body.GetProperty("clientId").GetGuid()).Distinct().Count());
    }

    [Fact]
    public async Task OpenSession_SamePairFiftyTimesAtOnce_OpensOneSession()
    {
        var business = await world.NewBusinessAsync();
        await business.PoolAsync(10);
        var (sitter, client) = (await business.SitterAsync(), await business.ClientAsync());

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(index => business.OpenSessionAsync(sitter, client, host: index % 2)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.Equal(49, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.Single(answers.Select(answer => answer.Id).Distinct());
    }

    [Fact]
    public async Task OpenSession_ClientWithTwoPhones_UsesTheOneOfTheFormerSession()
    {
        var business = await world.NewBusinessAsync();
        await business.PoolAsync(1);
        var (first, second) = (FictionNumbers.Next(), FictionNumbers.Next());
        var sitter = await business.SitterAsync();
        var client = await business.ClientAsync("Maria Lopez", first, second);
        var session = (await business.OpenSessionAsync(sitter, client)).Id;
        await using (var use = world.Database.CreateCommand("UPDATE gateway.sessions SET client_number = $1 WHERE id = $2"))
        {
            use.Parameters.AddWithValue(second.Reveal());
            use.Parameters.AddWithValue(session);
            await use.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await business.DeleteAsync($"/v1/sessions/{session}");
        await business.OpenSessionAsync(sitter, client);

        await using var read = world.Database.CreateCommand("SELECT client_number FROM gateway.sessions WHERE id = $1 AND open");
        read.Parameters.AddWithValue(session);
        Assert.Equal(second.Reveal(), await read.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }
}
