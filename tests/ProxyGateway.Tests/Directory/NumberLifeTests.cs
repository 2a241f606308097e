using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Inbound;
using PhoneMasking.ProxyGateway.Tests.World;

namespace PhoneMasking.ProxyGateway.Tests.Directory;

/// <summary>What the life of a number means for the texts on it, in whatever order the gateway hears of it.</summary>
[Collection(GatewayGroup.Name)]
public sealed class NumberLifeTests(GatewayWorld world)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Retired_NumberIsFree_AndOlderNewsDoesNotBringItBack()
    {
        var business = world.NewBusiness();
        var pool = await business.PoolNumberAsync();

        await business.SaveAsync(pool with { Status = NumberStatus.Retired, Version = 5 });
        await business.SaveAsync(pool with { Version = 4 });
        var webhook = await world.TextAsync(FictionNumbers.Next(), pool.Number, "Hello");

        Assert.Null(await OwnerAsync(pool.Number));
        Assert.Equal("unknown-number", (await world.DecisionWithoutNewsAsync(webhook)).Reason);
    }

    [Fact]
    public async Task Retired_BeforeAnythingElseWasHeardOfIt_StaysRetired()
    {
        var business = world.NewBusiness();
        var number = NewNumber(business, 1);

        await business.SaveAsync(number with { Status = NumberStatus.Retired, Version = 9 });
        await business.SaveAsync(number);

        Assert.Null(await OwnerAsync(number.Number));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BoughtAgain_InWhateverOrderTheNewsComes_BelongsToTheNewOne(bool orderedBefore)
    {
        var business = world.NewBusiness();

        // An order waits for its number: it may be older than the number that it gets.
        var early = NumberId.New(world.Clock.GetUtcNow());
        var first = NewNumber(business, 1);
        NumberChanged[] news =
        [
            first,
            first with { Version = 2, Status = NumberStatus.Retired, OccurredAt = first.OccurredAt.AddDays(1) },
            first with
            {
                NumberId = orderedBefore ? early : NumberId.New(world.Clock.GetUtcNow()),
                Version = 1,
                OccurredAt = first.OccurredAt.AddDays(2),
            },
        ];

        foreach (var order in (int[][])[[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
        {
            var number = FictionNumbers.Next();
            foreach (var index in order)
            {
                // New ids for each order of the news, as far apart as the first ones.
                await business.SaveAsync(news[index] with { Number = number, NumberId = Shifted(news[index].NumberId, order) });
            }

            Assert.Equal(Shifted(news[2].NumberId, order), await OwnerAsync(number));
        }
    }

    [Fact]
    public async Task BoughtAgain_WhatWasReadBeforeButComesAfterwards_DoesNotTakeItAway()
    {
        var business = world.NewBusiness();
        var former = await business.PoolNumberAsync();
        var owner = former with { NumberId = NumberId.New(world.Clock.GetUtcNow()), OccurredAt = former.OccurredAt.AddDays(2) };
        await business.SaveAsync(former with { Version = 2, Status = NumberStatus.Retired, OccurredAt = former.OccurredAt.AddDays(1) });
        await business.SaveAsync(owner);

        // A gateway that starts gives what it reads the time of its reading.
        await business.SaveAsync(former with { OccurredAt = former.OccurredAt.AddDays(3) });

        Assert.Equal(owner.NumberId, await OwnerAsync(former.Number));
    }

    [Fact]
    public async Task Retired_ThoughASessionWasJustOpenedOnIt_ThePairGetsAnotherNumber()
    {
        var business = world.NewBusiness();
        var (sitter, client, pool) = await ThreadAsync(business);
        var other = await business.PoolNumberAsync();

        await business.SaveAsync(pool with { Status = NumberStatus.Retired, Version = 2 });
        await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "Are you there?");

        Assert.Equal(other.Number.Reveal(), (await world.TextsAsync(sitter.RealNumber, 2))[1].From);
        await world.Events.WaitForAsync<SessionClosed>(
            closed => closed.NumberId == pool.NumberId && closed.Reason == "number-retired", Token);
    }

    [Theory]
    [InlineData(NumberStatus.Pending)]
    [InlineData(NumberStatus.Failed)]
    [InlineData(NumberStatus.Resting)]
    [InlineData(NumberStatus.Retired)]
    public async Task PoolNumber_NotReady_IsNotChosenUntilItIs(NumberStatus status)
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        var client = await business.ClientAsync();
        var pool = await business.NumberAsync(NumberLifecycle.Pool, status: status);

        var webhook = await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "Hello");
        var held = await world.DecisionAsync(webhook, InboundState.Held);
        var other = await business.PoolNumberAsync();

        Assert.Equal("pool-exhausted", held.Reason);
        Assert.Equal(other.Number.Reveal(), Assert.Single(await world.TextsAsync(sitter.RealNumber)).From);
        Assert.NotEqual(pool.Number, other.Number);
    }

    [Theory]
    [InlineData(NumberLifecycle.Dedicated, NumberStatus.Ready)]
    [InlineData(NumberLifecycle.StandbyReserved, NumberStatus.Ready)]
    [InlineData(NumberLifecycle.Pool, NumberStatus.Resting)]
    [InlineData(NumberLifecycle.Pool, NumberStatus.Failed)]
    [InlineData(NumberLifecycle.Pool, NumberStatus.Pending)]
    public async Task OpenSession_WhateverItsNumberHasBecome_GoesOnInBothDirections(
        NumberLifecycle lifecycle, NumberStatus status)
    {
        var business = world.NewBusiness();
        var (sitter, client, pool) = await ThreadAsync(business);

        await business.SaveAsync(pool with { Lifecycle = lifecycle, Status = status, Version = 2 });
        await world.TextAsync(sitter.RealNumber, pool.Number, "On my way");
        await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "Thank you");

        Assert.Equal("On my way", Assert.Single(await world.TextsAsync(client.Numbers[0])).Body);
        var texts = await world.TextsAsync(sitter.RealNumber, 2);
        Assert.All(texts, text => Assert.Equal(pool.Number.Reveal(), text.From));
    }

    [Fact]
    public async Task DedicatedNumber_AnybodyElse_IsStoredAndAudited()
    {
        var business = world.NewBusiness();
        var number = await business.NumberAsync(NumberLifecycle.Dedicated);
        var sender = FictionNumbers.Next();

        var decision = await world.DecisionWithoutNewsAsync(await world.TextAsync(sender, number.Number, "Hello"));

        Assert.Equal((InboundState.NotRelayed, "dedicated-number"), (decision.State, decision.Reason));
        var audited = await world.Events.WaitForAsync<MessageNotRelayed>(told => told.MessageId == decision.Id, Token);
        Assert.Equal((business.Organisation, number.NumberId), (audited.OrganisationId, audited.NumberId));
        Assert.Empty(world.Twilio.CallsTo(sender.Reveal()));
    }

    [Fact]
    public async Task DedicatedNumber_SitterAnswersAThreadThatHasEnded_IsToldThatItWentNowhere()
    {
        var business = world.NewBusiness();
        var (sitter, client, pool) = await ThreadAsync(business);
        await world.ExecuteAsync(
            "UPDATE gateway.sessions SET open = false, closed_at = expires_at, closed_reason = 'expired' WHERE sitter_id = $1",
            sitter.SitterId.Value);
        await business.SaveAsync(pool with { Lifecycle = NumberLifecycle.Dedicated, Version = 2 });

        var webhook = await world.TextAsync(sitter.RealNumber, pool.Number, "Are you there?");

        Assert.Equal("no-session", (await world.DecisionAsync(webhook)).Reason);
        Assert.Equal(2, (await world.TextsAsync(sitter.RealNumber, 2)).Count);
        Assert.Empty(world.Twilio.CallsTo(client.Numbers[0].Reveal()));
    }

    [Theory]
    [InlineData(NumberStatus.Pending)]
    [InlineData(NumberStatus.Failed)]
    [InlineData(NumberStatus.Resting)]
    public async Task ReservedNumber_BeingAttachedAgain_StillServesItsSittersClients(NumberStatus status)
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        var pool = await business.PoolNumberAsync();
        var client = await business.ClientAsync("Maria");
        await business.SaveAsync(new NumberChanged(
            business.Organisation,
            sitter.ReservedNumberId!.Value,
            sitter.ReservedNumber!,
            NumberLifecycle.ReservedActive,
            status,
            sitter.SitterId,
            2,
            world.Clock.GetUtcNow()));

        await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "Hello");
        await world.TextsAsync(sitter.RealNumber);
        await world.TextAsync(sitter.RealNumber, pool.Number, "Hello Maria");

        Assert.Equal("[Maria]: Hello", Assert.Single(world.Twilio.AcceptedFor(sitter.RealNumber.Reveal())).Body);
        Assert.Equal(sitter.ReservedNumber!.Reveal(), Assert.Single(await world.TextsAsync(client.Numbers[0])).From);
    }

    private async Task<(SitterChanged Sitter, ClientChanged Client, NumberChanged Pool)> ThreadAsync(Business business)
    {
        var sitter = await business.SitterAsync();
        var pool = await business.PoolNumberAsync();
        var client = await business.ClientAsync();
        await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "Hello");
        await world.TextsAsync(sitter.RealNumber);
        return (sitter, client, pool);
    }

    private NumberChanged NewNumber(Business business, long version)
    {
        var now = world.Clock.GetUtcNow();
        return new NumberChanged(
            business.Organisation,
            NumberId.New(now.AddSeconds(1)),
            FictionNumbers.Next(),
            NumberLifecycle.Pool,
            NumberStatus.Ready,
            null,
            version,
            now);
    }

    private static NumberId Shifted(NumberId id, int[] order)
    {
        var bytes = id.Value.ToByteArray(bigEndian: true);
        bytes[^1] = (byte)((order[0] * 9) + (order[1] * 3) + order[2]);
        return new NumberId(new Guid(bytes, bigEndian: true));
    }

    private async Task<NumberId?> OwnerAsync(E164Number number)
    {
        await using var command = world.Database.CreateCommand(
            "SELECT id FROM gateway.numbers WHERE number = $1 AND status <> 4");
        command.Parameters.AddWithValue(number.Reveal());
        return await command.ExecuteScalarAsync(Token) is Guid id ? new NumberId(id) : null;
    }
}
