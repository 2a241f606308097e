using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Directory;
using PhoneMasking.ProxyGateway.Inbound;
using PhoneMasking.ProxyGateway.Routing;
using PhoneMasking.ProxyGateway.Sessions;
using PhoneMasking.ProxyGateway.Tests.World;
using PhoneMasking.TestServers;

namespace PhoneMasking.ProxyGateway.Tests.Sessions;

/// <summary>A text that is held goes on as soon as it can, also when nobody says so.</summary>
[Collection(GatewayGroup.Name)]
public sealed class HeldTextRaceTests(GatewayWorld world)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NumberIsFreedInTheMomentInWhichATextIsHeldForWantOfIt_TheTextGoesOn()
    {
        var (business, sitter, first) = await ExhaustedAsync();
        var sender = await business.ClientAsync("Tom Baker");
        var text = await StoreAsync(sender.Numbers[0], sitter.ReservedNumber!);

        Task routing;
        await using (var brake = await world.Database.OpenConnectionAsync(Token))
        {
            // The router has found no free number and is about to write that: there it stops.
            await using var transaction = await brake.BeginTransactionAsync(Token);
            await ExecuteAsync(brake, "SELECT 1 FROM gateway.inbound WHERE id = $1 FOR UPDATE", text);
            routing = RouteAsync(sender.Numbers[0], sitter.ReservedNumber!);
            await RouterStandsStillAsync();
            await CloseAsync(business, first);
            await transaction.CommitAsync(Token);
        }

        await routing;

        await SentToAsync(sitter.RealNumber, 2);
        Assert.Equal("[Tom Baker]: Hello", world.Twilio.AcceptedFor(sitter.RealNumber.Reveal())[1].Body);
    }

    [Fact]
    public async Task NumberIsHeardOfInTheMomentInWhichATextBeginsToWaitForIt_TheTextGoesOn()
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        await business.PoolNumberAsync();
        var client = await business.ClientAsync();
        var number = new NumberChanged(
            business.Organisation,
            NumberId.New(world.Clock.GetUtcNow()),
            FictionNumbers.Next(),
            NumberLifecycle.ReservedActive,
            NumberStatus.Ready,
            sitter.SitterId,
            1,
            world.Clock.GetUtcNow());
        var text = await StoreAsync(client.Numbers[0], number.Number);

        Task routing;
        await using (var brake = await world.Database.OpenConnectionAsync(Token))
        {
            // The router does not know the number and is about to write that the text waits: there it stops.
            await using var transaction = await brake.BeginTransactionAsync(Token);
            await ExecuteAsync(brake, "SELECT 1 FROM gateway.inbound WHERE id = $1 FOR UPDATE", text);
            routing = RouteAsync(client.Numbers[0], number.Number);
            await RouterStandsStillAsync();
            await business.SaveAsync(number);
            await transaction.CommitAsync(Token);
        }

        await routing;

        Assert.Equal("[Maria Lopez]: Hello", Assert.Single(await world.TextsAsync(sitter.RealNumber)).Body);
    }

    [Fact]
    public async Task UnknownSenderTurnsOutToBeInTouch_TheHeldTextGoesOnInThatThread()
    {
        var (business, sitter, _) = await ExhaustedAsync();
        var phone = FictionNumbers.Next();
        var held = await world.DecisionAsync(await world.TextAsync(phone, sitter.ReservedNumber!, "It is me"), InboundState.Held);
        var seen = await world.Events.WaitForAsync<UnknownSenderSeen>(seen => seen.Number == phone, Token);
        var known = new ClientId(await world.ScalarAsync<Guid>(
            "SELECT client_id FROM gateway.sessions WHERE sitter_id = $1 AND open", sitter.SitterId.Value));

        await world.Hosts[0].Services.GetRequiredService<DirectoryWriter>().MergeAsync(
            new ClientMerged(business.Organisation, seen.ClientId, known, world.Clock.GetUtcNow()), Token);

        await SentToAsync(sitter.RealNumber, 2);
        Assert.Equal("[Maria Lopez]: It is me", world.Twilio.AcceptedFor(sitter.RealNumber.Reveal())[1].Body);
        Assert.Equal(1, await world.ScalarAsync<long>(
            "SELECT count(*) FROM gateway.inbound WHERE id = $1 AND state = 1", held.Id.Value));
    }

    [Fact]
    public async Task SitterIsRemoved_TheTextHeldForHerIsDecidedOn()
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        var client = await business.ClientAsync();
        var held = await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "Hello");
        await world.DecisionAsync(held, InboundState.Held);

        await business.SaveAsync(sitter with { Active = false, ReservedNumberId = null, ReservedNumber = null, Version = 2 });

        Decision? decision = null;
        await world.PassTimeUntilAsync(
            async () => (decision = await world.DecisionAsync(held)).State != InboundState.Held, "a decision on the held text");
        Assert.Equal((InboundState.NotRelayed, "standby-number"), (decision!.State, decision.Reason));
    }

    private async Task<(Business Business, SitterChanged Sitter, SessionId Session)> ExhaustedAsync()
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        await business.PoolNumberAsync();
        var client = await business.ClientAsync();
        var first = await world.DecisionAsync(await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "First"));
        await world.TextsAsync(sitter.RealNumber);
        return (business, sitter, first.Session!.Value);
    }

    // Stored as by a webhook, but with nobody told to route it.
    private async Task<Guid> StoreAsync(E164Number from, E164Number to)
    {
        var id = MessageId.New(world.Clock.GetUtcNow()).Value;
        await world.ExecuteAsync(
            """
            INSERT INTO gateway.inbound (id, provider_sid, from_address, to_address, body, media, payload, received_at)
            VALUES ($1, $2, $3, $4, 'Hello', '{}', '{}', $5)
            """,
            id,
            Webhook.NewSid(),
            from.Reveal(),
            to.Reveal(),
            world.Clock.GetUtcNow());
        return id;
    }

    private async Task RouteAsync(E164Number from, E164Number to)
    {
        var conversation = await world.ScalarAsync<long>(
            "SELECT conversation FROM gateway.inbound WHERE from_address = $1 AND to_address = $2", from.Reveal(), to.Reveal());
        await world.Hosts[0].Services.GetRequiredService<ConversationRouter>().RouteAsync([conversation], Token);
    }

    private Task SentToAsync(E164Number receiver, int count) => world.PassTimeUntilAsync(
        () => Task.FromResult(world.Twilio.AcceptedFor(receiver.Reveal()).Count >= count), $"{count} texts");

    private Task RouterStandsStillAsync() => Eventually.TrueAsync(
        async () => await world.ScalarAsync<long>("""
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%gateway.inbound%'
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

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, Guid id)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        command.Parameters.AddWithValue(id);
        await command.ExecuteNonQueryAsync(Token);
    }
}
