using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using PhoneMasking.ProxyGateway.Tests.World;

namespace PhoneMasking.ProxyGateway.Tests.Api;

[Collection(ApiGroup.Name)]
public sealed class ApiLimitTests(ApiWorld world)
{
    private const string DevelopmentKey = "pmk_DevelopmentKeyDevelopmentKeyDevelopmentKey";

    [Fact]
    public async Task WrongKeys_AThousandFromOneAddress_Get429AndNobodyElseDoes()
    {
        var business = await world.NewBusinessAsync();
        await using var host = world.NewHost();
        using var attacker = ClientFrom("127.0.0.66", host);
        using var bystander = ClientFrom("127.0.0.67", host);

        var statuses = new List<HttpStatusCode>();
        TimeSpan? wait = null;
        foreach (var batch in Enumerable.Range(0, 1_000).Chunk(20))
        {
            var answers = await Task.WhenAll(batch.Select(_ => GetAsync(attacker, ApiKeys.ApiKeySecret.New().Reveal())));
            statuses.AddRange(answers.Select(answer => answer.Status));
            wait = answers[^1].Headers.RetryAfter?.Delta;
        }

        Assert.Equal(30, statuses.Count(status => status == HttpStatusCode.Unauthorized));
        Assert.Equal(970, statuses.Count(status => status == HttpStatusCode.TooManyRequests));
        Assert.InRange(wait!.Value.TotalSeconds, 1, 60);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(bystander, "pmk_wrong")).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(bystander, business.Key)).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(attacker, business.Key)).Status);
    }

    [Fact]
    public async Task OneKey_OverItsRate_Gets429WithRetryAfter_AndOtherKeysDoNot()
    {
        var (busy, calm) = (await world.NewBusinessAsync(), await world.NewBusinessAsync());
        await using var host = world.NewHost(("ApiKeys:RequestsPerMinute", "5"));
        using var client = ClientFrom("127.0.0.1", host);
        for (var index = 0; index < 5; index++)
        {
            Assert.Equal(HttpStatusCode.OK, (await GetAsync(client, busy.Key)).Status);
        }

        var refused = await GetAsync(client, busy.Key);

        Assert.Equal(
            (HttpStatusCode.TooManyRequests, "urn:phone-masking:too-many-requests"), (refused.Status, refused.ProblemType));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(client, calm.Key)).Status);
    }

    [Theory]
    [InlineData("ApiKeys:RequestsPerMinute", "0", "RequestsPerMinute")]
    [InlineData("ApiKeys:FailuresPerMinute", "-1", "FailuresPerMinute")]
    [InlineData("ApiKeys:LastUsedInterval", "00:00:00", "LastUsedInterval")]
    [InlineData("ApiKeys:DevelopmentKey", DevelopmentKey, "ApiKeys:DevelopmentKey")]
    public async Task Start_WithAWrongLimit_NamesTheSetting(string name, string value, string named)
    {
        await using var host = world.CreateHost((name, value));

        var failure = Assert.Throws<OptionsValidationException>(() => host.Start());

        Assert.Contains(named, failure.Message);
    }

    [Fact]
    public async Task DevelopmentKey_WithSampleData_WorksAfterEveryStart()
    {
        (string, string)[] settings = [("SampleData:Enabled", "true"), ("ApiKeys:DevelopmentKey", DevelopmentKey)];
        await using var first = world.NewHost(settings);
        await using var second = world.NewHost(settings);
        using var client = ClientFrom("127.0.0.1", second);

        Assert.Equal(HttpStatusCode.OK, (await GetAsync(client, DevelopmentKey)).Status);
    }

    [Fact]
    public async Task DevelopmentKey_OutsideDevelopment_StopsTheStart()
    {
        await using var host = world.CreateHost(
            ("environment", "Production"), ("SampleData:Enabled", "true"), ("ApiKeys:DevelopmentKey", DevelopmentKey));

        var failure = Assert.Throws<OptionsValidationException>(() => host.Start());

        Assert.Contains("ApiKeys:DevelopmentKey", failure.Message);
        Assert.DoesNotContain(DevelopmentKey, failure.Message);
    }

    private static async Task<Answer> GetAsync(HttpClient client, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/sessions");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.OfAsync(response);
    }

    private static HttpClient ClientFrom(string address, GatewayHost host)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return new HttpClient(handler) { BaseAddress = host.ClientOptions.BaseAddress };
    }
}
