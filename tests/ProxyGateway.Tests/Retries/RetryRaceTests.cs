using Npgsql;
using PhoneMasking.ProxyGateway.Sessions;
using PhoneMasking.ProxyGateway.Tests.World;
using PhoneMasking.TestServers;

namespace PhoneMasking.ProxyGateway.Tests.Retries;

/// <summary>What makes a retry wrong is committed at the very moment of the decision: held still by locks, not by luck.</summary>
[Collection(GatewayGroup.Name)]
public sealed class RetryRaceTests(GatewayWorld world)
{
    private const string WaitsForLock =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("STOP", false, "opted-out")]
    [InlineData("See you at 5", true, "sent-again")]
    public async Task TextThatIsBeingRouted_ComesBeforeTheDecision(string body, bool bySitter, string reason)
    {
        var thread = await FailingThread.OpenAsync(world);
        var command = thread.RetryOf(await thread.FailAsync());

        Task<string> decision;
        await using (var brake = await world.Database.OpenConnectionAsync(Token))
        {
            // The router has its locks by then and writes nothing before it has read opt-outs: there it stops.
            await using var transaction = await brake.BeginTransactionAsync(Token);
            await ExecuteAsync(brake, "LOCK TABLE gateway.opt_outs IN ACCESS EXCLUSIVE MODE");
            await (bySitter
                ? world.TextAsync(thread.Sitter.RealNumber, thread.Pool.Number, body)
                : world.TextAsync(thread.Client.Numbers[0], thread.Sitter.ReservedNumber!, body));
            await WaitingAsync(1);
            decision = thread.ReasonOfDropAsync(command);
            await WaitingAsync(2);
            await transaction.CommitAsync(Token);
        }

        Assert.Equal(reason, await decision);
    }

    [Fact]
    public async Task SessionThatIsBeingClosed_ComesBeforeTheDecision()
    {
        var thread = await FailingThread.OpenAsync(world);
        var command = thread.RetryOf(await thread.FailAsync());

        Task<string> decision;
        await using (var connection = await world.Database.OpenConnectionAsync(Token))
        {
            await using var transaction = await connection.BeginTransactionAsync(Token);
            Assert.True(await SessionCloser.CloseOneAsync(
                connection, thread.Business.Organisation, thread.Session, "expired", world.Clock.GetUtcNow(), Token));
            decision = thread.ReasonOfDropAsync(command);
            await WaitingAsync(1);
            await transaction.CommitAsync(Token);
        }

        Assert.Equal("session-ended", await decision);
    }

    [Fact]
    public async Task DeliveryThatIsBeingReported_ComesBeforeTheDecision()
    {
        var thread = await FailingThread.OpenAsync(world);
        var failed = await thread.FailAsync();

        Task<string> decision;
        await using (var connection = await world.Database.OpenConnectionAsync(Token))
        {
            await using var transaction = await connection.BeginTransactionAsync(Token);
            await ExecuteAsync(connection, $"UPDATE gateway.outbound SET state = 7 WHERE id = '{failed.MessageId}'");
            decision = thread.ReasonOfDropAsync(thread.RetryOf(failed));
            await WaitingAsync(1);
            await transaction.CommitAsync(Token);
        }

        Assert.Equal("delivered", await decision);
    }

    private Task WaitingAsync(int count) => Eventually.TrueAsync(
        async () => await world.ScalarAsync<long>(WaitsForLock) >= count, $"{count} transactions at a lock", Token);

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(Token);
    }
}
