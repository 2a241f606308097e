using System.Net;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Tests.World;

namespace PhoneMasking.ProxyGateway.Tests.Api;

/// <summary>The pool, its utilization, and the monitors over the public API.</summary>
[Collection(ApiGroup.Name)]
public sealed class PoolApiTests(ApiWorld world)
{
    [Theory]
    [InlineData(AllocationResult.Allocated, HttpStatusCode.Created, "ALLOCATED")]
    [InlineData(AllocationResult.AlreadyAssigned, HttpStatusCode.OK, "ALREADY_ASSIGNED")]
    [InlineData(AllocationResult.PoolEmpty, HttpStatusCode.Conflict, "POOL_EMPTY")]
    [InlineData(AllocationResult.ClientNotFound, HttpStatusCode.NotFound, "CLIENT_NOT_FOUND")]
    [InlineData(AllocationResult.AllocationError, HttpStatusCode.ServiceUnavailable, "ALLOCATION_ERROR")]
    public async Task Allocate_EachResult_HasItsStatusAndItsWord(AllocationResult result, HttpStatusCode status, string word)
    {
        var business = await world.NewBusinessAsync();
        var client = ClientId.New(TimeProvider.System.GetUtcNow());
        var has = result is AllocationResult.Allocated or AllocationResult.AlreadyAssigned;
        var number = has ? FictionNumbers.Next() : null;
        var id = has ? NumberId.New(TimeProvider.System.GetUtcNow()) : (NumberId?)null;
        world.Owners.Numbers.Allocate(client, new NumberAllocation(result, id, number));

        var answer = await business.PostAsync("/v1/pool/allocations", new { clientId = client });

        Assert.Equal((status, word), (answer.Status, answer.Body.GetProperty("result").GetString()));
        Assert.Equal(has, answer.ProblemType is null);
        if (has)
        {
            Assert.Equal(number!.Reveal(), answer.Body.GetProperty("number").GetString());
        }

        Assert.Equal(
            result == AllocationResult.Allocated ? $"/v1/numbers/{id}" : null, answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Allocate_WithoutAClient_Is400()
    {
        var business = await world.NewBusinessAsync();

        var refused = await business.PostAsync("/v1/pool/allocations", new { });

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.True(refused.Body.GetProperty("errors").TryGetProperty("clientId", out _));
    }

    [Fact]
    public async Task Pool_BelowTheThreshold_IsNotHealthy()
    {
        var business = await world.NewBusinessAsync();

        var pool = await business.GetAsync("/v1/pool");

        Assert.Equal((2, false), (pool.Body.GetProperty("available").GetInt32(), pool.Body.GetProperty("healthy").GetBoolean()));
    }

    [Fact]
    public async Task Utilization_Now_HasTheRate()
    {
        var business = await world.NewBusinessAsync();

        var now = await business.GetAsync("/v1/utilization");

        Assert.Equal(0.85, now.Body.GetProperty("now").GetProperty("rate").GetDouble(), 3);
    }

    [Fact]
    public async Task UtilizationHistory_OfAYearInAnotherTimeZone_IsAskedForInUtc()
    {
        var business = await world.NewBusinessAsync();

        var history = await business.GetAsync(
            "/v1/utilization/history?from=2025-11-01T00:00:00-06:00&to=2026-11-01T00:00:00Z&points=50");

        Assert.Equal(HttpStatusCode.OK, history.Status);
        var asked = Assert.Single(world.Owners.Asked<ListUtilization>(list => list.OrganisationId == business.Organisation));
        Assert.Equal((new DateTimeOffset(2025, 11, 1, 6, 0, 0, TimeSpan.Zero), 50), (asked.From, asked.MaxPoints));
    }

    [Theory]
    [InlineData("from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z", "from")]
    [InlineData("from=2020-11-02T00:00:00Z&to=2026-11-01T00:00:00Z", "from")]
    [InlineData("to=0001-01-02T00:00:00Z", "to")]
    [InlineData("from=yesterday", "from")]
    public async Task UtilizationHistory_SpanThatMakesNoSense_Is400AndNamesTheParameter(string query, string field)
    {
        var business = await world.NewBusinessAsync();

        var refused = await business.GetAsync($"/v1/utilization/history?{query}");

        Assert.Equal((HttpStatusCode.BadRequest, field), (refused.Status, refused.Field));
    }

    [Theory]
    [InlineData("pool-capacity", NumberMonitor.PoolCapacity)]
    [InlineData("standby-keeper", NumberMonitor.StandbyKeeper)]
    public async Task RunMonitor_Now_AnswersWhatItDecided(string word, NumberMonitor monitor)
    {
        var business = await world.NewBusinessAsync();

        var run = await business.PostAsync($"/v1/monitors/{word}/run");
        var runs = await business.GetAsync($"/v1/monitors/runs?monitor={word}&limit=3");

        Assert.Equal(
            (HttpStatusCode.OK, word, "below-threshold"),
            (run.Status, run.Body.GetProperty("monitor").GetString(), run.Body.GetProperty("decision").GetString()));
        Assert.Equal(word, runs.Body.GetProperty("items")[0].GetProperty("monitor").GetString());
        var asked = Assert.Single(world.Owners.Asked<RunMonitor>(asked => asked.OrganisationId == business.Organisation));
        Assert.Equal(monitor, asked.Monitor);
    }

    [Fact]
    public async Task RunMonitor_ThatThereIsNot_Is404()
    {
        var business = await world.NewBusinessAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await business.PostAsync("/v1/monitors/coffee-maker/run")).Status);
    }
}
