using System.Net;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.ApiKeys;

namespace PhoneMasking.ProxyGateway.Tests.Api;

/// <summary>Dead letters over the public API: the gateway asks AlertService in the name of the key.</summary>
[Collection(ApiGroup.Name)]
public sealed class DeadLetterApiTests(ApiWorld world)
{
    private static readonly Guid Known = FakeAlerts.Letter.Id;

    [Fact]
    public async Task List_WithFilters_AsksForThemAndShowsWhichAndWhy()
    {
        var business = await world.NewBusinessAsync();
        var after = Guid.CreateVersion7();

        var page = await business.GetAsync($"/v1/dead-letters?state=sent-again&queue=sync-service.add-client&after={after}&limit=7");

        Assert.Equal((HttpStatusCode.OK, 1), (page.Status, page.Body.GetProperty("open").GetInt32()));
        Assert.Equal("fault", page.Body.GetProperty("items")[0].GetProperty("reason").GetString());
        Assert.Single(world.Owners.Asked<ListDeadLetters>(asked =>
            asked == new ListDeadLetters(after, 7, DeadLetterState.SentAgain, "sync-service.add-client")));
    }

    [Fact]
    public async Task SendAgain_NamesTheKeyThatAsked()
    {
        var business = await world.NewBusinessAsync();

        var sent = await business.PostAsync($"/v1/dead-letters/{Known}/send-again");

        Assert.Equal((HttpStatusCode.OK, "sent-again"), (sent.Status, sent.Body.GetProperty("state").GetString()));
        var asked = world.Owners.Asked<SendDeadLetterAgain>(one => one.DeadLetterId == Known)[^1];
        Assert.Equal("api", asked.By);
        Assert.NotNull(asked.ApiKeyId);
    }

    [Fact]
    public async Task Discard_OfOneThatWasSentAgain_Is409()
    {
        var business = await world.NewBusinessAsync();

        var refused = await business.PostAsync($"/v1/dead-letters/{Known}/discard", new { why = "Not needed" });

        Assert.Equal(
            (HttpStatusCode.Conflict, "urn:phone-masking:dead-letter-sent-again"), (refused.Status, refused.ProblemType));
        Assert.Equal("Not needed", world.Owners.Asked<DiscardDeadLetter>(one => one.DeadLetterId == Known)[^1].Why);
    }

    [Fact]
    public async Task Unknown_DeadLetter_Is404()
    {
        var business = await world.NewBusinessAsync();
        var unknown = $"/v1/dead-letters/{Guid.CreateVersion7()}";

        Answer[] answers =
        [
            await business.GetAsync(unknown),
            await business.PostAsync($"{unknown}/send-again"),
            await business.PostAsync($"{unknown}/discard", new { why = "Not needed" }),
        ];

        Assert.All(answers, answer => Assert.Equal(
            (HttpStatusCode.NotFound, "urn:phone-masking:unknown-dead-letter"), (answer.Status, answer.ProblemType)));
    }

    [Theory]
    [InlineData("state=Open", "state")]
    [InlineData("limit=0", "limit")]
    public async Task List_WithAWrongFilter_Is400AndNamesIt(string query, string field)
    {
        var business = await world.NewBusinessAsync();

        var refused = await business.GetAsync($"/v1/dead-letters?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains($"\"{field}\"", refused.Body.GetRawText());
    }

    [Fact]
    public async Task FirstKeyOfABusiness_SeesItsAuditLogButNoDeadLetters()
    {
        var business = await world.NewBusinessAsync([.. Scopes.OfOneOrganisation]);

        Assert.Equal(HttpStatusCode.OK, (await business.GetAsync("/v1/audit")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await business.GetAsync("/v1/dead-letters")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await business.PostAsync($"/v1/dead-letters/{Known}/send-again")).Status);
    }
}
