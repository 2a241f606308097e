using System.Net;
using Npgsql;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Tests.Api;

/// <summary>The Idempotency-Key: a POST that is sent again has no second effect and gets the same answer.</summary>
[Collection(ApiGroup.Name)]
public sealed class IdempotencyTests(ApiWorld world)
{
    private static readonly string[] OneScope = ["texts:read"];

    [Fact]
    public async Task SameKey_OnTheOtherInstance_GetsTheSameAnswer()
    {
        var business = await world.NewBusinessAsync();
        await business.PoolAsync(1);
        var body = new { sitterId = await business.SitterAsync(), clientId = await business.ClientAsync() };

        var first = await business.PostOnceAsync("/v1/sessions", "session-1", body);
        var again = await business.PostOnceAsync("/v1/sessions", "session-1", body, host: 1);

        // Without the key the second answer would be 200: the session is open already.
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.Status, again.Status));
        Assert.Equal(first.Body.ToString(), again.Body.ToString());
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal(("application/json", "true"), (again.ContentType, Assert.Single(again.Headers.GetValues("Idempotency-Replayed"))));
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task SameKey_ForEveryActionThatTheOwnerAnswers_AsksTheOwnerOnce()
    {
        var business = await world.NewBusinessAsync();
        var order = new { lifecycle = "pool", count = 2 };

        var first = await business.PostOnceAsync("/v1/numbers", "order-1", order);
        var again = await business.PostOnceAsync("/v1/numbers", "order-1", order);
        await business.PostOnceAsync("/v1/numbers/import", "import-1", new { text = "+13035550151" });
        await business.PostOnceAsync("/v1/numbers/import", "import-1", new { text = "+13035550151" });
        await business.PostOnceAsync("/v1/monitors/pool-capacity/run", "run-1");
        await business.PostOnceAsync("/v1/monitors/pool-capacity/run", "run-1");
        await business.PostOnceAsync("/v1/monitors/standby-keeper/run", "run-1");

        Assert.Equal(first.Body.ToString(), again.Body.ToString());
        Assert.Equal(HttpStatusCode.Accepted, again.Status);
        Assert.Single(world.Owners.Asked<BuyNumbers>(buy => buy.OrganisationId == business.Organisation));
        Assert.Single(world.Owners.Asked<ImportNumbers>(import => import.OrganisationId == business.Organisation));
        var runs = world.Owners.Asked<RunMonitor>(run => run.OrganisationId == business.Organisation);
        Assert.Equal(
            [NumberMonitor.PoolCapacity, NumberMonitor.StandbyKeeper], runs.Select(run => run.Monitor));
        Assert.Equal(2, runs.Select(run => run.RequestId).Distinct().Count());
    }

    [Fact]
    public async Task SameKey_AnswerLostWithItsProcess_AsksTheOwnerWithTheSameRequestId()
    {
        var business = await world.NewBusinessAsync();
        await business.PostOnceAsync("/v1/numbers", "order-2", new { count = 1 });
        await ExecuteAsync("DELETE FROM gateway.stored_answers WHERE organisation_id = $1", business.Organisation);

        await business.PostOnceAsync("/v1/numbers", "order-2", new { count = 1 });

        var asked = world.Owners.Asked<BuyNumbers>(buy => buy.OrganisationId == business.Organisation);
        Assert.Equal(2, asked.Count);
        Assert.Single(asked.Select(buy => buy.RequestId).Distinct());
    }

    [Fact]
    public async Task SameKey_ManyAtOnceOnTwoInstances_HaveOneEffect()
    {
        var business = await world.NewBusinessAsync();
        var client = new { name = "Maria Lopez", phones = (string[])["+13035550171"] };

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(index =>
            business.PostOnceAsync("/v1/clients", "client-1", client, index % 2)));

        Assert.All(answers, answer => Assert.True(
            answer.Status == HttpStatusCode.Created
            || (answer.Status, answer.ProblemType) == (HttpStatusCode.Conflict, "urn:phone-masking:request-under-way")));
        Assert.Single(answers.Where(answer => answer.Status == HttpStatusCode.Created).Select(answer => answer.Id).Distinct());
        Assert.Single(world.Owners.Asked<AddClient>(add => add.OrganisationId == business.Organisation));
    }

    [Fact]
    public async Task SameKey_AnotherBody_Is422AndChangesNothing()
    {
        var business = await world.NewBusinessAsync();
        await business.PostOnceAsync("/v1/numbers", "order-3", new { count = 1, areaCode = "303" });

        var refused = await business.PostOnceAsync("/v1/numbers", "order-3", new { count = 2, areaCode = "303" });
        var sameInOtherOrder = await business.PostOnceAsync("/v1/numbers", "order-3", new { areaCode = "303", count = 1 });

        Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, "urn:phone-masking:idempotency-key-reused", "Idempotency-Key"),
            (refused.Status, refused.ProblemType, refused.Field));
        Assert.Equal(HttpStatusCode.Accepted, sameInOtherOrder.Status);
        Assert.Single(world.Owners.Asked<BuyNumbers>(buy => buy.OrganisationId == business.Organisation));
    }

    [Fact]
    public async Task SameKey_OfAnotherOrganisation_IsAnotherKey()
    {
        var (ours, theirs) = (await world.NewBusinessAsync(), await world.NewBusinessAsync());

        var first = await ours.PostOnceAsync("/v1/numbers", "order-4", new { count = 1 });
        var other = await theirs.PostOnceAsync("/v1/numbers", "order-4", new { count = 2 });

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (first.Status, other.Status));
    }

    [Fact]
    public async Task SameKey_AfterARefusal_MayBeSentAgain()
    {
        var business = await world.NewBusinessAsync();
        var (sitter, client) = (await business.SitterAsync(), await business.ClientAsync());
        var body = new { sitterId = sitter, clientId = client };

        var refused = await business.PostOnceAsync("/v1/sessions", "session-2", body);
        await business.PoolAsync(1);
        var opened = await business.PostOnceAsync("/v1/sessions", "session-2", body);
        var invalid = await business.PostOnceAsync("/v1/numbers", "order-5", new { count = 99 });
        var valid = await business.PostOnceAsync("/v1/numbers", "order-5", new { count = 9 });

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Created), (refused.Status, opened.Status));
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Accepted), (invalid.Status, valid.Status));
    }

    [Fact]
    public async Task SameKey_WhileTheFirstIsUnderWay_Is409UntilThatCountsAsLost()
    {
        var business = await world.NewBusinessAsync();
        await business.PostOnceAsync("/v1/numbers", "order-6", new { count = 1 });
        await ExecuteAsync(
            "UPDATE gateway.stored_answers SET status = NULL, in_flight_until = now() + interval '1 minute' WHERE organisation_id = $1",
            business.Organisation);

        var underWay = await business.PostOnceAsync("/v1/numbers", "order-6", new { count = 1 });
        await ExecuteAsync(
            "UPDATE gateway.stored_answers SET in_flight_until = now() - interval '1 second' WHERE organisation_id = $1",
            business.Organisation);
        var afterwards = await business.PostOnceAsync("/v1/numbers", "order-6", new { count = 1 });

        Assert.Equal(
            (HttpStatusCode.Conflict, "urn:phone-masking:request-under-way"), (underWay.Status, underWay.ProblemType));
        Assert.NotNull(underWay.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.Accepted, afterwards.Status);
    }

    [Fact]
    public async Task SameKey_OlderThanTheRetention_IsNew()
    {
        var business = await world.NewBusinessAsync();
        await business.PostOnceAsync("/v1/numbers", "order-7", new { count = 1 });
        await ExecuteAsync(
            "UPDATE gateway.stored_answers SET created_at = now() - interval '25 hours' WHERE organisation_id = $1", business.Organisation);

        var other = await business.PostOnceAsync("/v1/numbers", "order-7", new { count = 2 });

        Assert.Equal((HttpStatusCode.Accepted, 2), (other.Status, other.Body.GetProperty("numbers").GetArrayLength()));
    }

    [Fact]
    public async Task SameKey_WhoseAnswerHeldASecret_Is409AndTheSecretIsStoredNowhere()
    {
        var business = await world.NewBusinessAsync();
        var body = new { name = "Zapier", scopes = OneScope };

        var created = await business.PostOnceAsync("/v1/keys", "key-1", body);
        var again = await business.PostOnceAsync("/v1/keys", "key-1", body);
        var organisation = await business.PostOnceAsync("/v1/organisations", "organisation-1", new { name = "Happy Paws" });
        var organisationAgain = await business.PostOnceAsync("/v1/organisations", "organisation-1", new { name = "Happy Paws" });

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (created.Status, organisation.Status));
        foreach (var refused in new[] { again, organisationAgain })
        {
            Assert.Equal((HttpStatusCode.Conflict, "urn:phone-masking:secret-shown-once"), (refused.Status, refused.ProblemType));
        }

        Assert.Equal(2, (await business.GetAsync("/v1/keys")).Body.GetProperty("items").GetArrayLength());
        await using var command = world.Database.CreateCommand(
            "SELECT count(*) FROM gateway.stored_answers WHERE organisation_id = $1 AND body IS NOT NULL");
        command.Parameters.AddWithValue(business.Organisation.Value);
        Assert.Equal(0L, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task SearchByPost_WithAKey_IsAnsweredAnewAndNotStored()
    {
        var business = await world.NewBusinessAsync();

        await business.PostOnceAsync("/v1/sitters/search", "search-1", new { search = "ana" });
        var other = await business.PostOnceAsync("/v1/sitters/search", "search-1", new { search = "ben" });

        Assert.Equal(HttpStatusCode.OK, other.Status);
        Assert.Equal(2, world.Owners.Asked<ListSitters>(list => list.OrganisationId == business.Organisation).Count);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("x", 201)]
    public async Task Key_ThatIsNone_Is400AndNamesTheHeader(string key, int times = 1)
    {
        var business = await world.NewBusinessAsync();

        var refused = await business.PostOnceAsync("/v1/numbers", string.Concat(Enumerable.Repeat(key, times)), new { count = 1 });

        Assert.Equal(
            (HttpStatusCode.BadRequest, "urn:phone-masking:invalid-idempotency-key", "Idempotency-Key"),
            (refused.Status, refused.ProblemType, refused.Field));
    }

    private async Task ExecuteAsync(string statement, OrganisationId organisation)
    {
        await using NpgsqlCommand command = world.Database.CreateCommand(statement);
        command.Parameters.AddWithValue(organisation.Value);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
