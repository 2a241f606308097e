using PhoneMasking.AppHost.Local;
using PhoneMasking.EndToEnd.Driving;
using PhoneMasking.EndToEnd.Judging;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Privacy;

/// <summary>
/// A second instance of every service, and the console, with the chattiest log and exported traces, metrics and logs: good
/// texts, bad ones, a provider that fails and an owner who looks at it all leave no number, no body and no secret in any of it.
/// </summary>
public sealed class When_everything_is_observed(ProductSystem product)
{
    private const string Console = "console-watched";

    private static readonly string[] Modes = ["e400", "e500", "accept500", "reset", "acceptReset", "healthy"];

    [Fact]
    public async Task Should_not_find_a_number_a_body_or_a_secret_anywhere()
    {
        await using var collector = await TelemetryCollector.StartAsync();
        await using var spy = await HeaderSpy.StartAsync(product);
        (string, string)[] settings =
        [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address.ToString()),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("Logging__LogLevel__Default", "Debug"),
        ];
        List<ServiceProcess> watched = [.. product.More("watched", settings), product.Console(Console, settings)];
        try
        {
            await Task.WhenAll(watched.Select(service => service.StartAsync(TestContext.Current.CancellationToken)));
            using var owner = new OwnersVisit(watched[^1], () => product.Output.LinesOf(Console));
            await LiveAsync(watched[0].Address!, owner);
        }
        finally
        {
            await product.Simulator.ClearFaultsAsync();

            // A stop exports what is left.
            await Task.WhenAll(watched.Select(service => service.DisposeAsync().AsTask()));
        }

        Assert.All((string[])["traces", "metrics", "logs"], signal => Assert.True(collector.Bytes.GetValueOrDefault(signal) > 0));
        Assert.All(
            (string[])["POST /webhooks/twilio/messages", "route texts", "send text", "GET /utilization", "POST /sitters/form"],
            span => Assert.True(collector.HasTraced(span), $"There is no span {span}."));
        var (published, leaks) = await spy.ReadAsync();
        Assert.True(published > 0, "Nothing was published.");
        Assert.Equal([], leaks);
        Assert.Equal([], collector.Leaks);
        Assert.Equal([], product.Output.Leaks);
    }

    private async Task LiveAsync(Uri gateway, OwnersVisit owner)
    {
        var crowd = await product.Town.CrowdAsync();
        using var driver = new Driver(product);
        foreach (var mode in Modes[..^1])
        {
            await product.Simulator.AddFaultAsync(new { mode, contains = $" {mode}", calls = 5 });
        }

        var texts = Webhook.Round(driver.Run, 60, crowd, index => Modes[index % Modes.Length]).ToList();
        var sitter = crowd.Sitters[0];
        texts.Add(new Webhook("#stranger#", FictionNumbers.Next(), sitter.Reserved, sitter.Real, "who are you?"));
        texts.Add(new Webhook("#no-session#", sitter.Real, product.Town.Pool.Last(), "", "nobody there"));
        texts.Add(new Webhook("#own-number#", sitter.Real, sitter.Reserved, "", "hello me"));
        texts.Add(new Webhook("#not-ours#", sitter.Real, FictionNumbers.Next(), "", "wrong number"));
        foreach (var text in texts)
        {
            await driver.PostUntilAnsweredAsync(text, gateway);
        }

        await RefusedAsync(gateway, texts[0]);
        await owner.PayAsync(sitter.Real);
        await Judge.DrainedAsync(product);
    }

    private static async Task RefusedAsync(Uri gateway, Webhook text)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var unsigned = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway, Webhook.Path))
        {
            Content = new FormUrlEncodedContent(text.Form()),
        };
        using var lost = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway, $"/conversations/{text.From}?body={text.Body}"));
        using var malformed = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway, Webhook.Path))
        {
            Content = new StringContent($"From={text.From}&Body={text.Body}&%"),
        };
        foreach (var request in (HttpRequestMessage[])[unsigned, lost, malformed])
        {
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.InRange((int)answer.StatusCode, 400, 499);
            Assert.Null(ProductOutput.Leak(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        }
    }
}
