using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using PhoneMasking.Twilio.Signatures;

namespace PhoneMasking.Simulator.Tests.Handsets;

public sealed class InboundWebhookTests
{
    [Fact]
    public async Task Text_ToAnOwnNumber_IsPostedSignedWithTwiliosParameters()
    {
        await using var host = await SimulatorHost.StartAsync();

        var text = await host.TextAsync("Hello 🐕");

        var arrival = await host.Receiver.NextAsync();
        var sid = text.GetProperty("messageSid").GetString()!;
        Assert.Equal(
            TwilioSignature.Compute(SimulatorHost.AuthToken, host.Receiver.SmsUrl, arrival.Form),
            arrival.Signature);
        Assert.False(string.IsNullOrEmpty(arrival.IdempotencyToken));
        Assert.Equal([sid, sid, sid], [arrival["MessageSid"], arrival["SmsSid"], arrival["SmsMessageSid"]]);
        Assert.Equal(SimulatorHost.AccountSid, arrival["AccountSid"]);
        Assert.Equal((SimulatorHost.Dana, SimulatorHost.OwnNumber), (arrival["From"], arrival["To"]));
        Assert.Equal(("Hello 🐕", "0", "1"), (arrival["Body"], arrival["NumMedia"], arrival["NumSegments"]));
        Assert.Equal(("received", "2010-04-01"), (arrival["SmsStatus"], arrival["ApiVersion"]));
        Assert.Equal(
            ("Denver", "CO", "80202", "US"),
            (arrival["FromCity"], arrival["FromState"], arrival["FromZip"], arrival["FromCountry"]));
        Assert.Equal(
            ("Denver", "CO", "80202", "US"),
            (arrival["ToCity"], arrival["ToState"], arrival["ToZip"], arrival["ToCountry"]));
    }

    [Fact]
    public async Task Text_WithPictures_NamesEachWithItsType()
    {
        await using var host = await SimulatorHost.StartAsync();

        await host.ControlAsync(HttpMethod.Post, "/texts", new
        {
            from = SimulatorHost.Dana,
            to = SimulatorHost.OwnNumber,
            media = (string[])["https://example.com/a.png", "https://example.com/b"],
        });

        var arrival = await host.Receiver.NextAsync();
        Assert.StartsWith("MM", arrival["MessageSid"]);
        Assert.Equal(("2", ""), (arrival["NumMedia"], arrival["Body"]));
        Assert.Equal(("https://example.com/a.png", "image/png"), (arrival["MediaUrl0"], arrival["MediaContentType0"]));
        Assert.Equal(("https://example.com/b", "image/jpeg"), (arrival["MediaUrl1"], arrival["MediaContentType1"]));
    }

    [Fact]
    public async Task Webhook_Answered503_IsNotRepeatedByDefault()
    {
        await using var host = await SimulatorHost.StartAsync();
        host.Receiver.Answer("/sms", 503, 204);

        var text = await host.TextAsync("Hello");

        Assert.Equal(503, text.GetProperty("webhookStatus").GetInt32());
        Assert.Equal(1, text.GetProperty("attempts").GetInt32());
    }

    [Theory]
    [InlineData("#rc=3&rp=5xx", 503, 4)]
    [InlineData("#rc=3&rp=all", 404, 4)]
    [InlineData("#rc=5&rp=4xx", 503, 1)]
    [InlineData("#rc=2&rp=4xx,5xx", 500, 3)]
    [InlineData("#rc=9&rp=5xx", 503, 2)]
    [InlineData("#rc=0&rp=all", 503, 1)]
    public async Task Webhook_Failing_IsRepeatedAsTheFragmentSays(string fragment, int status, int attempts)
    {
        await using var host = await SimulatorHost.StartAsync(("Simulator:DefaultSmsUrl", "{receiver}/sms" + fragment));
        host.Receiver.Answer("/sms", status);

        var text = await host.TextAsync("Hello");

        Assert.Equal(attempts, text.GetProperty("attempts").GetInt32());
        var arrivals = await host.Receiver.NextAsync(attempts);
        Assert.Single(arrivals.Select(one => one.IdempotencyToken).Distinct());
        Assert.Single(arrivals.Select(one => one["MessageSid"]).Distinct());
        Assert.Equal(
            TwilioSignature.Compute(SimulatorHost.AuthToken, host.Receiver.SmsUrl, arrivals[0].Form),
            arrivals[0].Signature);
    }

    [Fact]
    public async Task Webhook_FailingForGood_GoesToTheFallback()
    {
        await using var host = await SimulatorHost.StartAsync(
            ("Simulator:DefaultSmsUrl", "{receiver}/sms#rc=1&rp=all"),
            ("Simulator:DefaultSmsFallbackUrl", "{receiver}/fallback"));
        host.Receiver.Answer("/sms", 500);

        var text = await host.TextAsync("Hello");

        Assert.Equal(204, text.GetProperty("webhookStatus").GetInt32());
        Assert.True(text.GetProperty("viaFallback").GetBoolean());
        Assert.Equal(["/sms", "/sms", "/fallback"], (await host.Receiver.NextAsync(3)).Select(one => one.Path));
    }

    [Fact]
    public async Task Webhook_SlowerThanItsReadTimeout_IsRepeated()
    {
        await using var host = await SimulatorHost.StartAsync(
            ("Simulator:DefaultSmsUrl", "{receiver}/sms#rt=200&rc=1&rp=rt"));
        var calls = 0;
        host.Receiver.Answer("/sms", context => Interlocked.Increment(ref calls) == 1
            ? Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default)
            : Task.CompletedTask);

        var text = await host.TextAsync("Hello");

        Assert.Equal(200, text.GetProperty("webhookStatus").GetInt32());
        Assert.Equal(2, text.GetProperty("attempts").GetInt32());
    }

    [Fact]
    public async Task Webhook_WithNobodyListening_IsRepeatedOnceByDefault()
    {
        // Port 1 of loopback: nobody listens there.
        await using var host = await SimulatorHost.StartAsync(("Simulator:DefaultSmsUrl", "http://127.0.0.1:1/sms"));

        var text = await host.TextAsync("Hello");

        Assert.Equal("connect", text.GetProperty("failure").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, text.GetProperty("webhookStatus").ValueKind);
        Assert.Equal(2, text.GetProperty("attempts").GetInt32());
    }

    [Fact]
    public async Task Webhook_AnsweringTwiml_SendsItsMessages()
    {
        await using var host = await SimulatorHost.StartAsync();
        host.Receiver.Answer("/sms", context => context.Response.WriteAsync(
            "<?xml version=\"1.0\"?><Response><Message>Got it</Message>"
            + "<Message><Body>And a picture</Body><Media>https://example.com/a.png</Media></Message></Response>"));

        await host.TextAsync("Hello");

        var deliveries = await host.EventuallyAsync("/simulator/api/deliveries", list => list.GetArrayLength() == 2);
        var messages = deliveries.EnumerateArray().Select(one => one.GetProperty("message")).ToList();
        Assert.Equal(["Got it", "And a picture"], messages.Select(one => one.GetProperty("body").GetString()));
        Assert.All(messages, one => Assert.Equal("outbound-reply", one.GetProperty("direction").GetString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("OK")]
    [InlineData("<Response><Mess")]
    [InlineData("<!DOCTYPE x [<!ENTITY e \"y\">]><Response><Message>&e;</Message></Response>")]
    public async Task Webhook_AnsweringNoTwiml_SendsNothing(string answer)
    {
        await using var host = await SimulatorHost.StartAsync();
        host.Receiver.Answer("/sms", context => context.Response.WriteAsync(answer));

        var text = await host.TextAsync("Hello");

        Assert.Equal(200, text.GetProperty("webhookStatus").GetInt32());
        var all = await host.ControlAsync(HttpMethod.Post, "/messages/search", new { });
        Assert.Equal(1, all.GetArrayLength());
    }

    [Fact]
    public async Task Texts_WithACount_AreNumberedAndInOrder()
    {
        await using var host = await SimulatorHost.StartAsync();

        var text = await host.ControlAsync(
            HttpMethod.Post,
            "/texts",
            new { from = "dana-whitfield", to = SimulatorHost.OwnNumber, body = "No {n}", count = 3 });

        Assert.Equal(3, text.GetProperty("texts").GetArrayLength());
        Assert.Equal(["No 1", "No 2", "No 3"], (await host.Receiver.NextAsync(3)).Select(one => one["Body"]));
    }

    [Fact]
    public async Task Redeliver_RepeatsTheSameMessage()
    {
        await using var host = await SimulatorHost.StartAsync();
        var sid = (await host.TextAsync("Hello")).GetProperty("messageSid").GetString();

        await host.ControlAsync(HttpMethod.Post, $"/texts/{sid}/redeliver", new { times = 4, parallel = 4 });

        Assert.All(await host.Receiver.NextAsync(5), one => Assert.Equal(sid, one["MessageSid"]));
    }

    [Fact]
    public async Task Text_ToANumberOfNobody_Is422()
    {
        await using var host = await SimulatorHost.StartAsync();

        using var response = await host.Http.PostAsJsonAsync(
            "/simulator/api/texts",
            new { from = "dana-whitfield", to = "+13035550199", body = "Hello" },
            TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
    }

    [Fact]
    public async Task Message_FromOneOwnNumberToAnother_ComesBackInThroughItsWebhook()
    {
        await using var host = await SimulatorHost.StartAsync(
            ("Simulator:Messages:Callbacks", "Off"),
            ("Simulator:Numbers:1:Number", "+17205550170"));

        await host.SendAsync("round trip", "+17205550170");

        var arrival = await host.Receiver.NextAsync();
        Assert.Equal((SimulatorHost.OwnNumber, "+17205550170"), (arrival["From"], arrival["To"]));
    }
}
