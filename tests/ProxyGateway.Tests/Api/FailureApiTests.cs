using System.Net;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Tests.Api;

/// <summary>Failed texts over the public API.</summary>
[Collection(ApiGroup.Name)]
public sealed class FailureApiTests(ApiWorld world)
{
    [Fact]
    public async Task List_WithEachFilter_AsksAlertServiceForIt()
    {
        var business = await world.NewBusinessAsync();
        var (sitter, client, after) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());

        var page = await business.GetAsync(
            $"/v1/failures?class=opted-out&code=30007&sitterId={sitter}&clientId={client}&after={after}&limit=7");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        var asked = Assert.Single(world.Owners.Asked<ListFailures>(one => one.OrganisationId == business.Organisation));
        Assert.Equal(
            new ListFailures(
                business.Organisation, new MessageId(after), 7, FailureClass.OptedOut, 30007, new SitterId(sitter), new ClientId(client)),
            asked);
    }

    [Fact]
    public async Task List_ShowsWhatFailedWhyAndWhoWasTold()
    {
        var business = await world.NewBusinessAsync();

        var page = await business.GetAsync("/v1/failures");

        var item = page.Body.GetProperty("items")[0];
        Assert.Equal("permanent", item.GetProperty("class").GetString());
        Assert.Equal("client-to-sitter", item.GetProperty("direction").GetString());
        Assert.Equal("sitter", item.GetProperty("alert").GetString());
        Assert.Equal(30007, item.GetProperty("code").GetInt32());
        Assert.Equal(1, page.Body.GetProperty("summary").GetProperty("permanent").GetInt32());
    }

    [Theory]
    [InlineData("class=sometimes", "class")]
    [InlineData("code=0", "code")]
    [InlineData("limit=201", "limit")]
    [InlineData("sitterId=nobody", "sitterId")]
    public async Task List_WithAWrongFilter_Is400AndNamesIt(string query, string field)
    {
        var business = await world.NewBusinessAsync();

        var refused = await business.GetAsync($"/v1/failures?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains(field, refused.Body.GetRawText());
    }

    [Fact]
    public async Task List_WithoutTheScopeOfTexts_Is403()
    {
        var business = await world.NewBusinessAsync("sitters:read");

        Assert.Equal(HttpStatusCode.Forbidden, (await business.GetAsync("/v1/failures")).Status);
    }
}
