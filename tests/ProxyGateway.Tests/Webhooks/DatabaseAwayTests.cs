using System.Diagnostics;
using System.Net;
using Npgsql;
using PhoneMasking.AppHost.Local;
using PhoneMasking.ProxyGateway.Tests.World;
using PhoneMasking.TestServers;

namespace PhoneMasking.ProxyGateway.Tests.Webhooks;

/// <summary>A PostgreSQL of its own, which is stopped and restarted under the gateway.</summary>
public sealed class DatabaseAwayTests : IAsyncLifetime
{
    // Two seconds are promised; the rest is for a busy machine.
    private static readonly TimeSpan TwiliosPatience = TimeSpan.FromSeconds(15);

    private static readonly HttpClient Http = new();
    private readonly TemporaryFolder _folder = new();
    private PrivatePostgres? _postgres;
    private TestVirtualHost? _broker;
    private GatewayHost? _gateway;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _postgres = new PrivatePostgres(_folder.Path);
        await _postgres.StartAsync(Token);
        _broker = await (await TestInfrastructure.GetAsync()).CreateVirtualHostAsync(Token);
        _gateway = new GatewayHost(
            _postgres.ConnectionString(), _broker.ConnectionString, new FakeTwilio(TimeProvider.System)).Start();
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway!.DisposeAsync();
        await _broker!.DisposeAsync();
        await _postgres!.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task DatabaseIsAway_WebhooksAreAnswered503BeforeTwilioGivesUpAndTakenAgainAfterwards()
    {
        Assert.Equal(HttpStatusCode.OK, await PostAsync(NewText()));
        await _postgres!.KillAsync();
        var refused = NewText();

        var watch = Stopwatch.StartNew();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(index => PostAsync(index == 0 ? refused : NewText())));
        watch.Stop();

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TwiliosPatience);
        await _postgres.StartAsync(Token);
        Assert.Equal(1, await CountAsync());
        Assert.Equal(HttpStatusCode.OK, await PostAsync(refused));
        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task DatabaseRestarts_NearlyEveryWebhookIsTakenAndNoneIsLostThatWas()
    {
        using var stop = new CancellationTokenSource();
        var posting = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PostUntilAsync(stop.Token)));

        // Several connections are in the pool by then; all of them are stale after the restart.
        await Eventually.TrueAsync(async () => await CountAsync() > 50, "traffic", Token);
        await _postgres!.RestartAsync(Token);
        var before = await CountAsync();
        await Eventually.TrueAsync(async () => await CountAsync() > before + 50, "traffic after the restart", Token);
        await stop.CancelAsync();

        var answers = (await posting).SelectMany(answers => answers).ToList();
        Assert.InRange(answers.Count(answer => answer != HttpStatusCode.OK), 0, 12);
        Assert.True(await CountAsync() >= answers.Count(answer => answer == HttpStatusCode.OK));
    }

    private async Task<List<HttpStatusCode>> PostUntilAsync(CancellationToken stop)
    {
        var answers = new List<HttpStatusCode>();
        while (!stop.IsCancellationRequested)
        {
            answers.Add(await PostAsync(NewText()));
        }

        return answers;
    }

    private async Task<HttpStatusCode> PostAsync(Webhook webhook)
    {
        using var request = webhook.ToRequest(_gateway!.ClientOptions.BaseAddress);
        using var response = await Http.SendAsync(request, Token);
        return response.StatusCode;
    }

    private static Webhook NewText() => Webhook.OfText("+13035550142", "+13035550143", "Hello");

    private async Task<long> CountAsync()
    {
        await using var connection = new NpgsqlConnection(_postgres!.ConnectionString() + ";Pooling=false");
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand("SELECT count(*) FROM gateway.inbound", connection);
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }
}
