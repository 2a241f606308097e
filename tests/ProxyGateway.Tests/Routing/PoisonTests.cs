using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Routing;
using PhoneMasking.ProxyGateway.Tests.World;

namespace PhoneMasking.ProxyGateway.Tests.Routing;

/// <summary>A text that cannot be routed whatever is tried holds up its own conversation at most.</summary>
[Collection(GatewayGroup.Name)]
public sealed class PoisonTests(GatewayWorld world)
{
    [Fact]
    public async Task OneOfACommandsConversationsCannotBeRouted_TheOthersAre()
    {
        var business = world.NewBusiness();
        var poisoned = await business.SitterAsync();
        var sitter = await business.SitterAsync();
        await business.PoolNumberAsync();
        var client = await business.ClientAsync();
        var ids = new List<long>();
        await world.ExecuteAsync($"""
            CREATE FUNCTION gateway.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''refused''; END';
            CREATE TRIGGER refuse BEFORE INSERT ON gateway.outbound FOR EACH ROW
                WHEN (NEW.to_number = '{poisoned.RealNumber.Reveal()}') EXECUTE FUNCTION gateway.refuse();
            """);
        try
        {
            foreach (var to in (E164Number[])[poisoned.ReservedNumber!, sitter.ReservedNumber!])
            {
                ids.Add(await world.ScalarAsync<long>(
                    """
                    INSERT INTO gateway.inbound (id, provider_sid, from_address, to_address, body, media, payload, received_at)
                    VALUES ($1, $2, $3, $4, 'Hello', '{}', '{}', $5) RETURNING conversation
                    """,
                    MessageId.New(world.Clock.GetUtcNow()).Value,
                    Webhook.NewSid(),
                    client.Numbers[0].Reveal(),
                    to.Reveal(),
                    world.Clock.GetUtcNow()));
            }

            var router = world.Hosts[0].Services.GetRequiredService<ConversationRouter>();
            await Assert.ThrowsAsync<PostgresException>(
                () => router.RouteAsync([.. ids], TestContext.Current.CancellationToken));

            Assert.Equal("[Maria Lopez]: Hello", Assert.Single(await world.TextsAsync(sitter.RealNumber)).Body);
        }
        finally
        {
            await world.ExecuteAsync("DROP FUNCTION gateway.refuse() CASCADE");
        }
    }
}
