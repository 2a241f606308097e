using Npgsql;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Inbound;
using PhoneMasking.ProxyGateway.Tests.World;
using PhoneMasking.TestServers;

namespace PhoneMasking.ProxyGateway.Tests.Sessions;

/// <summary>Which number a pair gets, for how long, and what happens when there is none.</summary>
[Collection(GatewayGroup.Name)]
public sealed class SessionTests(GatewayWorld world)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("client_id = gen_random_uuid()", "sessions_one_per_pool_number")]
    [InlineData("pool_number = pool_number || '9'", "sessions_one_per_pair")]
    public async Task Database_RefusesASecondOpenSession(string difference, string constraint)
    {
        var (sitter, client, _) = await ThreadAsync(world.NewBusiness());
        await world.DecisionAsync(await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "Hello"));

        await using var connection = await world.Database.OpenConnectionAsync(Token);
        await using var command = new NpgsqlCommand(
            $"""
            CREATE TEMP TABLE copy AS SELECT * FROM gateway.sessions WHERE sitter_id = @sitter;
            ALTER TABLE copy DROP COLUMN expires_on;
            UPDATE copy SET id = gen_random_uuid(), {difference};
            INSERT INTO gateway.sessions SELECT * FROM copy
            """,
            connection);
        command.Parameters.AddWithValue("sitter", sitter.SitterId.Value);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Token));
        Assert.Equal((PostgresErrorCodes.UniqueViolation, constraint), (refused.SqlState, refused.ConstraintName));
        await using var clean = new NpgsqlCommand("DROP TABLE IF EXISTS copy", connection);
        await clean.ExecuteNonQueryAsync(Token);
    }

    [Fact]
    public async Task FourteenDaysAfterTheLastInteraction_ASessionEndsAndThePairGetsItsNumberBack()
    {
        var business = world.NewBusiness();
        var (sitter, client, _) = await ThreadAsync(business);
        await business.PoolNumberAsync();
        var first = await world.DecisionAsync(await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "One"));
        var pool = (await world.TextsAsync(sitter.RealNumber))[0].From;

        world.Clock.Advance(TimeSpan.FromDays(14) - TimeSpan.FromSeconds(1));
        await world.DecisionAsync(await world.TextAsync(sitter.RealNumber, E164Number.Parse(pool!), "Two"));
        world.Clock.Advance(TimeSpan.FromDays(14) - TimeSpan.FromMinutes(2));
        Assert.True(await IsOpenAsync(first.Session));
        world.Clock.Advance(TimeSpan.FromMinutes(3));

        var closed = await world.Events.WaitForAsync<SessionClosed>(closed => closed.SessionId == first.Session, Token);
        Assert.Equal("expired", closed.Reason);
        Assert.False(await IsOpenAsync(first.Session));
        var again = await world.DecisionAsync(await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "Three"));
        Assert.Equal(first.Session, again.Session);
        Assert.Equal(pool, (await world.TextsAsync(sitter.RealNumber, 2))[1].From);
    }

    [Fact]
    public async Task NewPair_GetsTheClientsAreaCodeFirst()
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        await business.PoolNumberAsync(303);
        var near = await business.PoolNumberAsync(720);
        await business.PoolNumberAsync(303);
        var client = await business.ClientAsync("Jane", FictionNumbers.Next(720));

        await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "Hello");

        Assert.Equal(near.Number.Reveal(), Assert.Single(await world.TextsAsync(sitter.RealNumber)).From);
    }

    [Fact]
    public async Task NewPair_GetsTheNumberThatTheSitterUsedLongestAgo()
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        var used = new List<string?>();
        for (var number = 0; number < 2; number++)
        {
            // Far from every client: an area code in common would come first.
            await business.PoolNumberAsync(303);
        }

        for (var turn = 0; turn < 3; turn++)
        {
            var client = await business.ClientAsync($"Client {turn}");
            await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "Hello");
            used.Add((await world.TextsAsync(sitter.RealNumber, turn + 1))[turn].From);
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            await world.ExecuteAsync(
                "UPDATE gateway.sessions SET open = false, closed_at = expires_at WHERE sitter_id = $1", sitter.SitterId.Value);
        }

        Assert.NotEqual(used[0], used[1]);
        Assert.Equal(used[0], used[2]);
    }

    [Fact]
    public async Task PoolIsExhausted_TextsAreHeldAnnouncedOnceEachAndDeliveredInOrderWhenANumberBecomesReady()
    {
        var business = world.NewBusiness();
        var (sitter, client, _) = await ThreadAsync(business);
        await world.DecisionAsync(await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "Hello"));
        var late = await business.ClientAsync("Tom");
        var held = new List<Decision>();
        for (var text = 1; text <= 3; text++)
        {
            var webhook = await world.TextAsync(late.Numbers[0], sitter.ReservedNumber!, $"{text}", host: text % 2);
            held.Add(await world.DecisionAsync(webhook, InboundState.Held));
        }

        var pending = await business.NumberAsync(NumberLifecycle.Pool, status: NumberStatus.Pending);
        Assert.Single(world.Twilio.CallsTo(sitter.RealNumber.Reveal()));
        await business.SaveAsync(pending with { Status = NumberStatus.Ready, Version = 2 });

        var texts = await world.TextsAsync(sitter.RealNumber, 4);
        Assert.Equal(["[Tom]: 1", "[Tom]: 2", "[Tom]: 3"], texts.Skip(1).Select(text => text.Body!));
        Assert.All(texts.Skip(1), text => Assert.Equal(pending.Number.Reveal(), text.From));
        foreach (var text in held)
        {
            await world.Events.WaitForAsync<PoolExhausted>(told => told.MessageId == text.Id, Token);
        }

        Assert.Equal(3, world.Events.Kept<PoolExhausted>().Count(told => told.SitterId == sitter.SitterId));
    }

    [Fact]
    public async Task PoolIsExhausted_HeldTextsAreDeliveredWhenASessionEnds()
    {
        var business = world.NewBusiness();
        var (sitter, client, pool) = await ThreadAsync(business);
        await world.DecisionAsync(await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "Hello"));
        await world.TextsAsync(sitter.RealNumber);
        world.Clock.Advance(TimeSpan.FromDays(13));
        var late = await business.ClientAsync("Tom");
        await world.DecisionAsync(
            await world.TextAsync(late.Numbers[0], sitter.ReservedNumber!, "Hello?"), InboundState.Held);

        world.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(2));

        var text = (await world.TextsAsync(sitter.RealNumber, 2))[1];
        Assert.Equal(("[Tom]: Hello?", pool.Number.Reveal()), (text.Body, text.From));
    }

    [Fact]
    public async Task SitterWhoIsRemoved_LosesHerOpenSessions()
    {
        var business = world.NewBusiness();
        var (sitter, client, _) = await ThreadAsync(business);
        var decision = await world.DecisionAsync(await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "Hello"));

        await business.SaveAsync(sitter with { Active = false, ReservedNumber = null, ReservedNumberId = null, Version = 2 });

        var closed = await world.Events.WaitForAsync<SessionClosed>(closed => closed.SessionId == decision.Session, Token);
        Assert.Equal("sitter-removed", closed.Reason);
        await business.SaveAsync(sitter);
        Assert.False(await world.ScalarAsync<bool>("SELECT active FROM gateway.sitters WHERE id = $1", sitter.SitterId.Value));
    }

    [Fact]
    public async Task FiveHundredNewPairsAtOnceOnTwoInstances_NoNumberStandsForTwoClientsAndNothingIsLost()
    {
        var business = world.NewBusiness();
        const int Sitters = 10;
        const int ClientsOfEach = 50;
        var sitters = new List<SitterChanged>();
        for (var index = 0; index < ClientsOfEach; index++)
        {
            await business.PoolNumberAsync();
        }

        for (var index = 0; index < Sitters; index++)
        {
            sitters.Add(await business.SitterAsync());
        }

        var texts = Enumerable.Range(0, Sitters * ClientsOfEach)
            .Select(index => (Sitter: sitters[index % Sitters], Client: FictionNumbers.Next(), Host: index / Sitters % 2))
            .ToArray();
        await Parallel.ForEachAsync(
            texts,
            new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = Token },
            async (text, _) => await world.TextAsync(text.Client, text.Sitter.ReservedNumber!, "Hello", text.Host));

        foreach (var sitter in sitters)
        {
            var sent = await world.TextsAsync(sitter.RealNumber, ClientsOfEach);
            Assert.Equal(ClientsOfEach, sent.Count);
            Assert.Equal(ClientsOfEach, sent.Select(text => text.From).Distinct().Count());
            Assert.Equal(ClientsOfEach, sent.Select(text => text.Body).Count());
        }

        Assert.Equal(500, await world.ScalarAsync<long>(
            "SELECT count(*) FROM gateway.sessions WHERE organisation_id = $1 AND open", business.Organisation.Value));
    }

    [Fact]
    public async Task ProvisionalClientTurnsOutToBeKnown_SessionAndPhoneGoToTheKnownOne()
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        await business.PoolNumberAsync();
        var phone = FictionNumbers.Next();
        var decision = await world.DecisionAsync(await world.TextAsync(phone, sitter.ReservedNumber!, "Hello"));
        var seen = await world.Events.WaitForAsync<UnknownSenderSeen>(seen => seen.Number == phone, Token);

        var known = await business.ClientAsync("Maria", phone);
        await world.Events.PublishAsync(
            new ClientMerged(business.Organisation, seen.ClientId, known.ClientId, world.Clock.GetUtcNow()), Guid.CreateVersion7(), Token);
        await Eventually.TrueAsync(
            async () => await world.ScalarAsync<Guid>(
                "SELECT client_id FROM gateway.sessions WHERE id = $1", decision.Session!.Value.Value) == known.ClientId.Value,
            "the merge",
            Token);
        var next = await world.DecisionAsync(await world.TextAsync(phone, sitter.ReservedNumber!, "Again"));

        Assert.Equal(decision.Session, next.Session);
        Assert.Equal("[Maria]: Again", (await world.TextsAsync(sitter.RealNumber, 2))[1].Body);
    }

    private static async Task<(SitterChanged Sitter, ClientChanged Client, NumberChanged Pool)> ThreadAsync(Business business) =>
        (await business.SitterAsync(), await business.ClientAsync(), await business.PoolNumberAsync());

    private async Task<bool> IsOpenAsync(SessionId? session) =>
        await world.ScalarAsync<bool>("SELECT open FROM gateway.sessions WHERE id = $1", session!.Value.Value);
}
