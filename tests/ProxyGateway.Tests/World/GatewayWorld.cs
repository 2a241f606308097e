using System.Net;
using Npgsql;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Inbound;
using PhoneMasking.ProxyGateway.Routing;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.TestServers;

namespace PhoneMasking.ProxyGateway.Tests.World;

/// <summary>
/// Two instances of the gateway on one PostgreSQL and one RabbitMQ, with a clock and a Twilio that the tests control.
/// Each test has its own organisation and numbers.
/// </summary>
public sealed class GatewayWorld : IAsyncLifetime
{
    private const int PatientPolls = 120;
    private static readonly HttpClient Http = new();
    private TestDatabase? _database;
    private TestVirtualHost? _broker;

    internal FakeClock Clock { get; } = new();

    internal FakeTwilio Twilio { get; private set; } = null!;

    internal CapturedLog Log { get; } = new();

    internal TestBus Events { get; private set; } = null!;

    /// <summary>The two instances.</summary>
    internal GatewayHost[] Hosts { get; private set; } = [];

    internal NpgsqlDataSource Database { get; private set; } = null!;

    internal string DatabaseConnection => _database!.ConnectionString;

    internal string BrokerConnection => _broker!.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        var servers = await TestInfrastructure.GetAsync();
        _database = await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        _broker = await servers.CreateVirtualHostAsync(TestContext.Current.CancellationToken);
        Database = NpgsqlDataSource.Create(_database.ConnectionString);
        Twilio = new FakeTwilio(Clock);
        Events = await new TestBus(_broker)
            .Keep<RouteConversations>()
            .Keep<MessageSent>()
            .Keep<MessageFailed>()
            .Keep<SendingBlocked>()
            .Keep<MessagesDelivered>()
            .Keep<FailureResolved>()
            .Keep<MessageNotRelayed>()
            .Keep<MessageRetried>()
            .Keep<MessageRetryDropped>()
            .Keep<SitterAlerted>()
            .Keep<SitterAlertDropped>()
            .Keep<OptOutChanged>()
            .Keep<SessionOpened>()
            .Keep<SessionClosed>()
            .Keep<PoolExhausted>()
            .Keep<UnknownSenderSeen>()
            .StartAsync(TestContext.Current.CancellationToken);
        Hosts = [NewHost(), NewHost()];
        await DirectoryIsReadAsync(Database);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in Hosts)
        {
            await host.DisposeAsync();
        }

        await Events.DisposeAsync();
        await Database.DisposeAsync();
        await _broker!.DisposeAsync();
        await _database!.DisposeAsync();
    }

    /// <summary>Tells the instances on a database that nothing is missing in their directory: nobody is here whom they could ask.</summary>
    internal static async Task DirectoryIsReadAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("INSERT INTO gateway.directory_loads (loaded_at) VALUES (now())");
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    internal GatewayHost NewHost(params (string Name, string Value)[] settings) =>
        new GatewayHost(DatabaseConnection, BrokerConnection, Twilio, Clock, Log, settings: settings).Start();

    /// <summary>A business of its own with nobody and nothing in it yet.</summary>
    internal Business NewBusiness() => new(this);

    /// <summary>Twilio brings a text.</summary>
    internal async Task<Webhook> TextAsync(
        E164Number from,
        E164Number to,
        string body,
        int host = 0,
        string? sid = null,
        params string[] media) =>
        await PostAsync(Webhook.OfText(from.Reveal(), to.Reveal(), body, sid, media), host);

    /// <summary>Posts a webhook; it must be answered 2xx. As Twilio does, again after a 503, which a busy machine may cause.</summary>
    internal async Task<Webhook> PostAsync(Webhook webhook, int host = 0)
    {
        await Eventually.TrueAsync(
            async () =>
            {
                using var response = await SendAsync(webhook, host);
                Assert.True(
                    response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.ServiceUnavailable,
                    $"The webhook was answered {(int)response.StatusCode}.");
                return response.IsSuccessStatusCode;
            },
            "a webhook that is taken",
            TestContext.Current.CancellationToken);
        return webhook;
    }

    /// <summary>Posts a webhook.</summary>
    internal async Task<HttpResponseMessage> SendAsync(Webhook webhook, int host = 0)
    {
        using var request = webhook.ToRequest(Hosts[host].ClientOptions.BaseAddress);
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Reads the decision on a text, waiting for it.</summary>
    internal async Task<Decision> DecisionAsync(Webhook webhook, InboundState? expected = null)
    {
        Decision? decision = null;
        await WaitAsync(
            async () => (decision = await ReadDecisionAsync(webhook.Sid)) is { } found
                && (expected is { } state ? found.State == state : found.State != InboundState.Received),
            $"a decision on {webhook.Sid}");
        return decision!;
    }

    /// <summary>Waits until a text waits for news of its number or sender.</summary>
    internal Task AwaitsNewsAsync(Webhook webhook) => WaitAsync(
        async () => await ScalarAsync<long>(
            "SELECT count(*) FROM gateway.inbound WHERE provider_sid = $1 AND state = 0 AND decide_by IS NOT NULL",
            webhook.Sid) == 1,
        "a text that waits for news");

    /// <summary>Reads the decision on a text that nobody can be found for, after no news have come in time.</summary>
    internal async Task<Decision> DecisionWithoutNewsAsync(Webhook webhook)
    {
        await AwaitsNewsAsync(webhook);
        Clock.Advance(new RoutingOptions().NewsPatience);
        return await DecisionAsync(webhook);
    }

    /// <summary>Waits until Twilio has so many texts for a receiver, and returns what it has.</summary>
    internal async Task<IReadOnlyList<Twilio.Messages.TwilioMessage>> TextsAsync(E164Number to, int count = 1)
    {
        await WaitAsync(() => Task.FromResult(Twilio.AcceptedFor(to.Reveal()).Count >= count), $"{count} texts for {to}");
        return Twilio.AcceptedFor(to.Reveal());
    }

    /// <summary>The same, for tests that need time to pass: the clock moves while they wait.</summary>
    internal Task PassTimeUntilAsync(Func<Task<bool>> condition, string what) => Eventually.TrueAsync(
        async () =>
        {
            Clock.Advance(TimeSpan.FromMilliseconds(250));
            return await condition();
        },
        what,
        TestContext.Current.CancellationToken);

    /// <summary>Waits until all texts for a receiver have reached a state.</summary>
    internal Task OutboundAsync(E164Number to, OutboundState state, int count = 1) => WaitAsync(
        async () => await ScalarAsync<long>(
            "SELECT count(*) FROM gateway.outbound WHERE to_number = $1 AND state = $2", to.Reveal(), (short)state) >= count,
        $"{count} texts in state {state}");

    internal async Task ExecuteAsync(string statement, params object[] values) =>
        await ScalarAsync<object>(statement, values);

    internal async Task<T?> ScalarAsync<T>(string statement, params object[] values)
    {
        await using var command = Database.CreateCommand(statement);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) is T found ? found : default;
    }

    // After a while the clock moves on: what an instance tries again after a fault, on a busy machine, waits on this clock.
    private async Task WaitAsync(Func<Task<bool>> condition, string what)
    {
        var polls = 0;
        try
        {
            await Eventually.TrueAsync(
                async () =>
                {
                    if (++polls > PatientPolls)
                    {
                        Clock.Advance(TimeSpan.FromMilliseconds(250));
                    }

                    return await condition();
                },
                what,
                TestContext.Current.CancellationToken);
        }
        catch (TimeoutException failure)
        {
            throw new TimeoutException(
                string.Join('\n', [failure.Message, .. Log.Lines.Where(IsTrouble).TakeLast(20)]), failure);
        }
    }

    private static bool IsTrouble(string line) =>
        line.StartsWith("Warning", StringComparison.Ordinal) || line.StartsWith("Error", StringComparison.Ordinal);

    private async Task<Decision?> ReadDecisionAsync(string sid)
    {
        await using var command = Database.CreateCommand(
            "SELECT id, state, reason, session_id FROM gateway.inbound WHERE provider_sid = $1");
        command.Parameters.AddWithValue(sid);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        return await reader.ReadAsync(TestContext.Current.CancellationToken)
            ? new Decision(
                new MessageId(reader.GetGuid(0)),
                (InboundState)reader.GetInt16(1),
                reader.IsDBNull(2) ? null : reader.GetString(2),
                reader.IsDBNull(3) ? null : new SessionId(reader.GetGuid(3)))
            : null;
    }
}

/// <summary>What became of a text that came in.</summary>
internal sealed record Decision(MessageId Id, InboundState State, string? Reason, SessionId? Session);

/// <summary>Tests on the same two instances, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class GatewayGroup : ICollectionFixture<GatewayWorld>
{
    public const string Name = "Gateway";
}
