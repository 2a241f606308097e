using PhoneMasking.AppHost.Local;
using PhoneMasking.EndToEnd.Judging;
using PhoneMasking.EndToEnd.Privacy;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Numbers;

/// <summary>
/// Buying, attaching, verifying and e-mails with the chattiest log and exported traces, metrics and logs, good requests, bad
/// ones, and a Twilio that fails at each step: no number, no e-mail address and no secret in any of it.
/// </summary>
public sealed class When_numbers_are_observed(ProductSystem product)
{
    private static readonly object[] Faults =
    [
        new { mode = "e400", operation = "buy", code = 21422, calls = 1 },
        new { mode = "acceptReset", operation = "buy", calls = 1 },
        new { mode = "e500", operation = "configure", calls = 1 },
        new { mode = "e400", operation = "addServiceNumber", code = 20001, calls = 1 },
        new { mode = "undelivered", to = ServiceSettings.VerificationPhone, code = 30006, calls = 1 },
        new { mode = "e500", operation = "mail", calls = 1 },
    ];

    [Fact]
    public async Task Should_not_find_a_number_an_address_or_a_secret_anywhere()
    {
        await using var collector = await TelemetryCollector.StartAsync();
        await using var spy = await HeaderSpy.StartAsync(product);
        using var business = await Business.OpenAsync(product);
        var watched = product.More(
            "numbers-watched",
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address.ToString()),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("Logging__LogLevel__Default", "Debug"));

        // The watched instances do all the work.
        await Task.WhenAll(product.Services.Select(service => service.StopAsync()));
        try
        {
            await Task.WhenAll(watched.Select(service => service.StartAsync(TestContext.Current.CancellationToken)));
            await LiveAsync(business, watched[0]);
        }
        finally
        {
            await product.Simulator.ClearFaultsAsync();
            await Task.WhenAll(watched.Select(service => service.DisposeAsync().AsTask()));
            await Task.WhenAll(product.Services.Select(service => service.StartAsync(CancellationToken.None)));
        }

        Assert.All((string[])["traces", "metrics", "logs"], signal => Assert.True(collector.Bytes.GetValueOrDefault(signal) > 0));
        var (published, leaks) = await spy.ReadAsync();
        Assert.True(published > 0, "Nothing was published.");
        Assert.Equal([], leaks);
        Assert.Equal([], collector.Leaks);
        Assert.Equal([], product.Output.Leaks);
    }

    private async Task LiveAsync(Business business, ServiceProcess gateway)
    {
        foreach (var fault in Faults)
        {
            await product.Simulator.AddFaultAsync(fault);
        }

        var phone = FictionNumbers.Next();
        var sitter = new { name = $"Vera {business.Id}", email = "vera@example.com", phone };
        Assert.Equal(201, await StatusAsync(business, gateway, "sitters", sitter));
        Assert.Equal(409, await StatusAsync(business, gateway, "sitters", sitter with { name = "Somebody else" }));
        Assert.Equal(400, await StatusAsync(business, gateway, "sitters", sitter with { name = "" }));
        Assert.Equal(400, await StatusAsync(business, gateway, "sitters", sitter with { phone = $"{phone}0000000" }));
        Assert.Equal(400, await StatusAsync(business, gateway, "sitters", sitter with { email = $"{phone}@@example.com" }));
        var reserved = (await business.ReadyAsync("reserved-active", 1))[0].Number!.Reveal();
        Assert.InRange(
            await StatusAsync(business, gateway, "sitters", sitter with { name = "Our own number", phone = reserved }), 400, 409);
        Assert.Equal(200, await StatusAsync(
            business, gateway, "numbers/import", new { text = $"{phone}\n{phone}x\n{reserved}", lifecycle = "pool" }));
        await Until.TrueAsync(
            async () => (await product.Simulator.MailsAsync())
                .Any(mail => mail.Subject.Contains($"Vera {business.Id}'s number", StringComparison.Ordinal)),
            "the e-mail about the number that is ready");
        await Judge.DrainedAsync(product);
        Assert.DoesNotContain(0, await product.Simulator.FaultHitsAsync());
    }

    private static async Task<int> StatusAsync(Business business, ServiceProcess gateway, string path, object body) =>
        (await business.PostToAsync(gateway.Address!, path, body)).Status;
}
