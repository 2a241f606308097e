using System.Net;
using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Tests.World;
using PhoneMasking.TestServers;

namespace PhoneMasking.ProxyGateway.Tests.Directory;

/// <summary>
/// A gateway on a new database, before the services that know the numbers, sitters and clients have answered: the texts that it
/// takes wait for them.
/// </summary>
public sealed class FirstStartTests : IAsyncLifetime
{
    private static readonly HttpClient Http = new();
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 17, 0, 0, TimeSpan.Zero);
    private static readonly SitterId Sitter = SitterId.New(Now);
    private static readonly E164Number Client = E164Number.Parse("+13035550171");
    private static readonly E164Number Reserved = E164Number.Parse("+13035550131");
    private static readonly E164Number Pool = E164Number.Parse("+13035550151");
    private static readonly E164Number SittersPhone = E164Number.Parse("+13035550111");
    private readonly FakeTwilio _twilio = new(TimeProvider.System);
    private TestDatabase? _database;
    private TestVirtualHost? _broker;
    private GatewayHost? _gateway;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var servers = await TestInfrastructure.GetAsync();
        _database = await servers.CreateDatabaseAsync(Token);
        _broker = await servers.CreateVirtualHostAsync(Token);
        _gateway = new GatewayHost(_database.ConnectionString, _broker.ConnectionString, _twilio).Start();
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway!.DisposeAsync();
        await _broker!.DisposeAsync();
        await _database!.DisposeAsync();
    }

    [Fact]
    public async Task TextsComeBeforeTheDirectory_AreRelayedInOrderWhenItIsRead_AndAtOnceAfterARestartWithoutTheServices()
    {
        await TextAsync("One");
        await TextAsync("Two");
        await SaysAsync("\"directory\":{\"status\":\"degraded\"");

        await using (var owners = await Owners.StartAsync(_broker!.Uri, Token))
        {
            await RelayedAsync("[Maria]: One", "[Maria]: Two");
            await SaysAsync("\"directory\":{\"status\":\"healthy\"");
        }

        await _gateway!.DisposeAsync();
        _gateway = new GatewayHost(_database!.ConnectionString, _broker!.ConnectionString, _twilio).Start();
        await TextAsync("Three");
        await RelayedAsync("[Maria]: One", "[Maria]: Two", "[Maria]: Three");
    }

    private async Task TextAsync(string body)
    {
        using var request = Webhook.OfText(Client.Reveal(), Reserved.Reveal(), body).ToRequest(_gateway!.ClientOptions.BaseAddress);
        using var response = await Http.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    // Degraded, and not down: whoever spreads the webhooks is to go on bringing texts.
    private Task SaysAsync(string health) => Eventually.TrueAsync(
        async () =>
        {
            using var response = await Http.GetAsync(new Uri(_gateway!.ClientOptions.BaseAddress, "/health"), Token);
            return response.IsSuccessStatusCode
                && (await response.Content.ReadAsStringAsync(Token)).Contains(health, StringComparison.Ordinal);
        },
        health,
        Token);

    private async Task RelayedAsync(params string[] bodies)
    {
        await Eventually.TrueAsync(
            () => Task.FromResult(_twilio.AcceptedFor(SittersPhone.Reveal()).Count >= bodies.Length), "the texts", Token);
        Assert.Equal(bodies, _twilio.AcceptedFor(SittersPhone.Reveal()).Select(text => text.Body));
    }

    /// <summary>The services that know the numbers, sitters and clients.</summary>
    private sealed class Owners(IBusControl bus) : IAsyncDisposable
    {
        public static async Task<Owners> StartAsync(Uri broker, CancellationToken cancellationToken)
        {
            var bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
            {
                rabbit.Host(broker);
                rabbit.ReceiveEndpoint("owners", endpoint =>
                {
                    endpoint.Handler<ListNumbers>(context => context.RespondAsync(new NumberPage(
                        [
                            Number(Reserved, NumberLifecycle.ReservedActive, Sitter),
                            Number(Pool, NumberLifecycle.Pool, null),
                        ],
                        null)));
                    endpoint.Handler<ListSitters>(context => context.RespondAsync(new SitterPage(
                        [new SitterView(Sitter, "Ana", null, SittersPhone, null, Reserved, true, 1, Now)], null)));
                    endpoint.Handler<ListClients>(context => context.RespondAsync(new ClientPage(
                        [new ClientView(ClientId.New(Now), "Maria", null, [Client], false, 1, Now)], null)));
                });
            });
            await bus.StartAsync(cancellationToken);
            return new Owners(bus);
        }

        private static NumberView Number(E164Number number, NumberLifecycle lifecycle, SitterId? sitter) =>
            new(NumberId.New(Now), number, lifecycle, NumberStatus.Ready, sitter, 1, Now);

        public async ValueTask DisposeAsync() => await bus.StopAsync(CancellationToken.None);
    }
}
