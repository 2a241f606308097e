using Npgsql;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Inbound;
using PhoneMasking.ProxyGateway.Sessions;
using PhoneMasking.ProxyGateway.Tests.World;
using PhoneMasking.TestServers;

namespace PhoneMasking.ProxyGateway.Tests.Sessions;

/// <summary>A session ends while a text is being routed into it: the order is held still by locks, not by luck.</summary>
[Collection(GatewayGroup.Name)]
public sealed class SessionRaceTests(GatewayWorld world)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SessionEndsWhileAnAnswerInAnOldThreadIsRoutedIntoIt_ItStaysClosedAndTheOldThreadIsReopened()
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        var client = await business.ClientAsync();
        var old = await business.PoolNumberAsync();
        var first = await world.DecisionAsync(await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "One"));
        await CloseAsync(business, first.Session!.Value);
        await business.SaveAsync(old with { Status = NumberStatus.Failed, Version = 2 });
        await business.PoolNumberAsync();
        var second = await world.DecisionAsync(await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "Two"));
        await business.SaveAsync(old with { Version = 3 });

        Webhook answer;
        await using (var brake = await world.Database.OpenConnectionAsync(Token))
        {
            // The router reads opt-outs after the sessions and before it writes: there it stops.
            await using var transaction = await brake.BeginTransactionAsync(Token);
            await ExecuteAsync(brake, "LOCK TABLE gateway.opt_outs IN ACCESS EXCLUSIVE MODE");
            answer = await world.TextAsync(sitter.RealNumber, old.Number, "Three");
            await RouterStandsStillAsync();
            await CloseAsync(business, second.Session!.Value);
            await transaction.CommitAsync(Token);
        }

        var decision = await world.DecisionAsync(answer);

        Assert.Equal((InboundState.Relayed, first.Session), (decision.State, decision.Session));
        Assert.Equal("Three", Assert.Single(await world.TextsAsync(client.Numbers[0])).Body);
        Assert.False(await IsOpenAsync(second.Session.Value));
        Assert.True(await IsOpenAsync(first.Session.Value));
        await world.Events.WaitForAsync<SessionClosed>(closed => closed.SessionId == second.Session, Token);
        await world.Events.WaitForAsync<SessionOpened>(opened => opened.SessionId == first.Session && opened.Reopened, Token);
    }

    [Fact]
    public async Task PoolNumberIsRetiredWhileASessionIsOpenedOnIt_ThePairGetsAnotherNumber()
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        var client = await business.ClientAsync();
        var retired = await business.PoolNumberAsync();

        Webhook text;
        Task retiring;
        await using (var brake = await world.Database.OpenConnectionAsync(Token))
        {
            await using var transaction = await brake.BeginTransactionAsync(Token);
            await ExecuteAsync(brake, "LOCK TABLE gateway.opt_outs IN ACCESS EXCLUSIVE MODE");
            text = await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "One");
            await RouterStandsStillAsync();
            retiring = business.SaveAsync(retired with { Status = NumberStatus.Retired, Version = 2 });
            await Eventually.TrueAsync(
                async () => await world.ScalarAsync<short>(
                    "SELECT status FROM gateway.numbers WHERE id = $1", retired.NumberId.Value) == 4,
                "the number to be retired",
                Token);
            await transaction.CommitAsync(Token);
        }

        var decision = await world.DecisionAsync(text);
        await retiring;

        Assert.False(await IsOpenAsync(decision.Session!.Value));
        var other = await business.PoolNumberAsync();
        await world.DecisionAsync(await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "Two"));
        Assert.Equal(other.Number.Reveal(), (await world.TextsAsync(sitter.RealNumber, 2))[1].From);
    }

    private async Task<bool> IsOpenAsync(SessionId session) =>
        await world.ScalarAsync<bool>("SELECT open FROM gateway.sessions WHERE id = $1", session.Value);

    private Task RouterStandsStillAsync() => Eventually.TrueAsync(
        async () => await world.ScalarAsync<long>(
            """
            SELECT count(*) FROM pg_locks
            WHERE NOT granted AND relation = 'gateway.opt_outs'::regclass
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """) > 0,
        "the router at the lock",
        Token);

    private async Task CloseAsync(Business business, SessionId session)
    {
        await using var connection = await world.Database.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        Assert.True(await SessionCloser.CloseOneAsync(
            connection, business.Organisation, session, "expired", world.Clock.GetUtcNow(), Token));
        await transaction.CommitAsync(Token);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(Token);
    }
}
