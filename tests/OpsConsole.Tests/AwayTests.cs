using System.Net;
using PhoneMasking.OpsConsole.Tests.Hosting;

namespace PhoneMasking.OpsConsole.Tests;

public sealed class AwayTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_WithEveryServiceAway_SaySoAndStayUp()
    {
        await using var console = await ConsoleHost.StartAsync(settings: ("Console:AnswerTimeout", "00:00:00.300"));
        using var owner = await console.OwnerAsync();

        foreach (var path in new[] { "/", "/sitters", "/clients", "/numbers", "/utilization", "/sessions", "/messages", "/alerts", "/alerts/emails", "/alerts/templates", "/alerts/dead-letters", "/audit" })
        {
            var answer = await owner.GetAsync(path, Cancelled);
            var page = await answer.Content.ReadAsStringAsync(Cancelled);

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("is away", page, StringComparison.Ordinal);
            Assert.Contains("aria-label=\"Main\"", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Pages_WithNothingToShow_SaySo()
    {
        await using var console = await ConsoleHost.StartAsync();
        await using var services = await AnsweringServices.StartAsync(console.Broker, new Records(), Cancelled);
        using var owner = await console.OwnerAsync();

        foreach (var path in new[] { "/", "/sitters", "/clients", "/numbers", "/utilization", "/sessions", "/messages", "/alerts", "/alerts/emails", "/alerts/templates", "/alerts/dead-letters", "/audit" })
        {
            Assert.Contains("class=\"empty\"", await owner.GetStringAsync(path, Cancelled), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Console_WithTheBrokerAway_StartsAndTellsItsHealth()
    {
        await using var console = await ConsoleHost.StartAsync(
            settings: [("ConnectionStrings:rabbitmq", "amqp://guest:guest@127.0.0.1:1"), ("Console:AnswerTimeout", "00:00:00.300")]);
        using var owner = await console.OwnerAsync();

        var page = await owner.GetStringAsync("/sitters", Cancelled);

        Assert.Contains("is away", page, StringComparison.Ordinal);
        Assert.Contains(console.Log.Lines, line => line.Contains(" ConsoleSignedIn is not in the audit log", StringComparison.Ordinal));
        Assert.Contains("broker", await owner.GetStringAsync("/health", Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Console_AskedToStopWhilePagesListen_StopsAtOnce()
    {
        var console = await ConsoleHost.StartAsync();
        using var owner = await console.OwnerAsync();
        using var live = await owner.GetAsync("/live", HttpCompletionOption.ResponseHeadersRead, Cancelled);
        Assert.Equal("text/event-stream", live.Content.Headers.ContentType!.MediaType);

        await console.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(25), Cancelled);
    }
}
