using System.Globalization;
using PhoneMasking.Twilio.Signatures;

namespace PhoneMasking.Simulator.Tests.Messages;

public sealed class StatusCallbackTests
{
    [Fact]
    public async Task Callbacks_Normal_AreSignedAndInOrder()
    {
        await using var host = await SimulatorHost.StartAsync();

        var sid = await host.SendAsync("Hello");

        var arrivals = await host.Receiver.NextAsync(2);
        Assert.Equal(["sent", "delivered"], arrivals.Select(one => one["MessageStatus"]));
        Assert.All(arrivals, one =>
        {
            Assert.Equal(sid, one["MessageSid"]);
            Assert.Equal(sid, one["SmsSid"]);
            Assert.Equal(one["MessageStatus"], one["SmsStatus"]);
            Assert.Equal(SimulatorHost.OwnNumber, one["From"]);
            Assert.Equal(SimulatorHost.Dana, one["To"]);
            Assert.Equal(SimulatorHost.AccountSid, one["AccountSid"]);
            Assert.Equal("2010-04-01", one["ApiVersion"]);
            Assert.Equal(
                TwilioSignature.Compute(SimulatorHost.AuthToken, host.Receiver.StatusUrl, one.Form),
                one.Signature);
        });
        Assert.True(DateTime.TryParseExact(
            arrivals[1]["RawDlrDoneDate"],
            "yyMMddHHmm",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out _));
    }

    [Theory]
    [InlineData("reverse", "delivered sent")]
    [InlineData("duplicated", "sent sent delivered delivered")]
    public async Task Callbacks_InAnotherMode_ComeAsTheModeSays(string mode, string expected)
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.ControlAsync(HttpMethod.Put, "/life-cycle", new { callbacks = mode });

        await host.SendAsync("Hello");

        var statuses = expected.Split(' ');
        Assert.Equal(statuses, (await host.Receiver.NextAsync(statuses.Length)).Select(one => one["MessageStatus"]));
    }

    [Fact]
    public async Task Callbacks_Late_ComeAfterTheHandsetHasTheMessage()
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.ControlAsync(HttpMethod.Put, "/life-cycle", new { callbacks = "late", lateByMs = 300 });

        await host.SendAsync("Hello");

        await host.EventuallyAsync("/simulator/api/deliveries", list => list.GetArrayLength() == 1);
        Assert.Equal(0, host.Receiver.Waiting);
        Assert.Equal(["sent", "delivered"], (await host.Receiver.NextAsync(2)).Select(one => one["MessageStatus"]));
    }

    [Fact]
    public async Task Callbacks_Off_AreNotPosted()
    {
        await using var host = await SimulatorHost.StartAsync(("Simulator:Messages:Callbacks", "Off"));

        await host.SendAsync("Hello");

        await host.EventuallyAsync("/simulator/api/deliveries", list => list.GetArrayLength() == 1);
        var counters = await host.GetAsync("/simulator/api/counters");
        Assert.Equal(0, counters.GetProperty("webhookAttempts").GetInt64());
    }

    [Theory]
    [InlineData("undelivered", "sent undelivered")]
    [InlineData("failed", "failed")]
    public async Task Delivery_MadeToFail_SaysSoWithItsCode(string mode, string expected)
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.FaultAsync(new { mode, code = 30005, to = SimulatorHost.Dana });

        var sid = await host.SendAsync("Hello");

        var statuses = expected.Split(' ');
        var arrivals = await host.Receiver.NextAsync(statuses.Length);
        Assert.Equal(statuses, arrivals.Select(one => one["MessageStatus"]));
        Assert.Equal("30005", arrivals[^1]["ErrorCode"]);
        var message = await host.GetAsync($"/Messages/{sid}.json");
        Assert.Equal(30005, message.GetProperty("error_code").GetInt32());
        Assert.Equal(0, (await host.GetAsync("/simulator/api/deliveries")).GetArrayLength());
    }

    [Fact]
    public async Task Callback_OfTheMessage_GoesBeforeTheDefault()
    {
        await using var host = await SimulatorHost.StartAsync();

        await host.PostAsync(
            "/Messages.json",
            ("To", SimulatorHost.Dana),
            ("From", SimulatorHost.OwnNumber),
            ("Body", "Hello"),
            ("StatusCallback", $"{host.Receiver.Url}/mine"));

        Assert.Equal("/mine", (await host.Receiver.NextAsync()).Path);
    }

    [Fact]
    public async Task Callback_OutOfTurn_IsPostedForAnySid()
    {
        await using var host = await SimulatorHost.StartAsync();

        var answer = await host.ControlAsync(
            HttpMethod.Post,
            "/status-callbacks",
            new { messageSid = "SM0123", status = "failed", errorCode = 30008 });

        var arrival = await host.Receiver.NextAsync();
        Assert.Equal(204, answer.GetProperty("status").GetInt32());
        Assert.Equal("SM0123", arrival["MessageSid"]);
        Assert.Equal("failed", arrival["MessageStatus"]);
    }

    [Fact]
    public async Task Burst_ToOneHandset_ArrivesInOrderOfAcceptance()
    {
        await using var host = await SimulatorHost.StartAsync(("Simulator:Messages:Callbacks", "Off"));
        foreach (var number in Enumerable.Range(1, 50))
        {
            await host.SendAsync($"{number}");
        }

        var deliveries = await host.EventuallyAsync(
            "/simulator/api/deliveries",
            list => list.GetArrayLength() == 50);

        Assert.Equal(
            Enumerable.Range(1, 50).Select(number => $"{number}"),
            deliveries.EnumerateArray().Select(one => one.GetProperty("message").GetProperty("body").GetString()));
    }
}
