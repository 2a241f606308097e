using System.Net;
using System.Net.Sockets;

using Microsoft.Extensions.DependencyInjection;

using PhoneMasking.Twilio.Messages;
using PhoneMasking.Twilio.Tests.Loopback;

namespace PhoneMasking.Twilio.Tests.Messages;

/// <summary>
/// Whether a message may exist after each way that a send can go wrong (reference/reliability.md, answers).
/// </summary>
public sealed class SendOutcomeTests
{
    private const string Accepted = """
        {"sid":"SM00000000000000000000000000000001","status":"queued","to":"+13035550142","from":"+17205550100",
         "body":"hi","num_segments":"1","num_media":"0","error_code":null,"unheard_of":{"a":[1]},
         "date_created":"Fri, 24 May 2019 17:18:27 +0000","date_sent":null,"date_updated":"not a date"}
        """;

    private static readonly SendRequest Request = new() { To = "+13035550142", From = "+17205550100", Body = "hi" };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Created_IsAcceptedWithTheMessage()
    {
        await using var twilio = LoopbackTwilio.Replying(Reply.Json(201, Accepted));

        var message = Assert.IsType<SendOutcome.Accepted>(await SendAsync(twilio.Account)).Message;

        Assert.Equal("SM00000000000000000000000000000001", message.Sid);
        Assert.Equal("queued", message.Status);
        Assert.Equal(new DateTimeOffset(2019, 5, 24, 17, 18, 27, TimeSpan.Zero), message.DateCreated);
        Assert.Null(message.DateSent);
        Assert.Null(message.DateUpdated);
        Assert.DoesNotContain("3035550142", message.ToString());
    }

    [Fact]
    public async Task OptedOut_IsRefusedWithTwiliosCodeAndHiddenText()
    {
        await using var twilio = LoopbackTwilio.Replying(Reply.Json(400, """
            {"code":21610,"message":"Attempt to send to unsubscribed recipient +13035550142",
             "more_info":"https://www.twilio.com/docs/errors/21610","status":400}
            """));

        var outcome = Assert.IsType<SendOutcome.Refused>(await SendAsync(twilio.Account));

        Assert.Equal(400, outcome.Error.HttpStatus);
        Assert.Equal(21610, outcome.Error.Code);
        Assert.Equal("https://www.twilio.com/docs/errors/21610", outcome.Error.MoreInfo);
        Assert.DoesNotContain("3035550142", outcome.ToString());
        Assert.Single(twilio.Requests);
    }

    [Theory]
    [InlineData(401, """{"code":20003,"message":"Authenticate","status":401}""", 20003)]
    [InlineData(401, "", null)]
    [InlineData(401, """{"code":20999}""", 20999)]
    [InlineData(403, """{"code":20003,"message":"Permission denied","status":403}""", 20003)]
    [InlineData(403, """{"code":20005,"message":"Account not active","status":403}""", 20005)]
    [InlineData(400, """{"code":30002,"message":"Account suspended","status":400}""", 30002)]
    [InlineData(400, """{"code":30037}""", 30037)]
    [InlineData(403, "<html>forbidden</html>", null)]
    [InlineData(403, """{"code":20403}""", 20403)]
    [InlineData(404, """{"code":20404,"message":"The requested resource was not found","status":404}""", 20404)]
    [InlineData(404, "<html>no such host</html>", null)]
    public async Task WordOnTheAccount_IsNoRefusalOfTheMessage_AndNotRepeated(int status, string body, int? code)
    {
        await using var twilio = LoopbackTwilio.Replying(Reply.Json(status, body));

        var outcome = Assert.IsType<SendOutcome.AccountRefused>(await SendAsync(twilio.Account));

        Assert.Equal((status, code), (outcome.Error.HttpStatus, outcome.Error.Code));
        Assert.Single(twilio.Requests);
    }

    [Theory]
    [InlineData(403, """{"code":21408,"message":"Permission to send is not enabled for the region","status":403}""", 21408)]
    [InlineData(404, """{"code":21610}""", 21610)]
    [InlineData(400, """{"code":21606}""", 21606)]
    [InlineData(413, "", null)]
    [InlineData(400, """{"code":"twenty"}""", null)]
    public async Task ClientError_IsRefused_WithCodeWhenItHasOne(int status, string body, int? code)
    {
        await using var twilio = LoopbackTwilio.Replying(Reply.Json(status, body));

        var outcome = Assert.IsType<SendOutcome.Refused>(await SendAsync(twilio.Account));

        Assert.Equal((status, code), (outcome.Error.HttpStatus, outcome.Error.Code));
    }

    [Theory]
    [InlineData("Retry-After: 7", 7)]
    [InlineData("Retry-After: Sat, 21 Nov 2026 12:00:30 GMT", 30)]
    [InlineData("Retry-After: Sat, 21 Nov 2026 11:59:00 GMT", 0)]
    [InlineData("Retry-After: soon", 1)]
    [InlineData("X-None: 1", 1)]
    public async Task TooManyRequests_IsRateLimited_ForAsLongAsTwilioSays(string header, int seconds)
    {
        await using var twilio = LoopbackTwilio.Replying(
            Reply.Json(429, """{"code":20429,"message":"Too Many Requests","status":429}""", header));
        var noon = new StandingClock(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));

        var outcome = Assert.IsType<SendOutcome.RateLimited>(await SendAsync(twilio.Account, noon));

        Assert.Equal(TimeSpan.FromSeconds(seconds), outcome.RetryAfter);
        Assert.Equal(20429, outcome.Error.Code);
    }

    [Theory]
    [InlineData(500, """{"code":20500,"message":"Internal","status":500}""", "HTTP 500, code 20500")]
    [InlineData(503, "busy", "HTTP 503")]
    [InlineData(408, "", "HTTP 408")]
    [InlineData(302, "", "HTTP 302")]
    [InlineData(201, "{\"sid\":", "HTTP 201 whose body could not be read")]
    [InlineData(201, "{\"status\":\"queued\"}", "HTTP 201 whose body could not be read")]
    [InlineData(201, "{\"sid\":null}", "HTTP 201 whose body could not be read")]
    [InlineData(201, "null", "HTTP 201 whose body could not be read")]
    [InlineData(204, "", "HTTP 204 whose body could not be read")]
    public async Task ServerErrorOrUnreadableSuccess_IsUnknown_AndNotRepeated(int status, string body, string reason)
    {
        await using var twilio = LoopbackTwilio.Replying(Reply.Json(status, body));

        var outcome = Assert.IsType<SendOutcome.Unknown>(await SendAsync(twilio.Account));

        Assert.Equal(reason, outcome.Reason);
        Assert.Single(twilio.Requests);
    }

    [Fact]
    public async Task ConnectionResetAfterReading_IsUnknown_AndNotRepeated()
    {
        await using var twilio = LoopbackTwilio.Replying(new Reply.Reset());

        Assert.IsType<SendOutcome.Unknown>(await SendAsync(twilio.Account));

        Assert.Single(twilio.Requests);
    }

    [Fact]
    public async Task ConnectionResetOnAUsedConnection_IsUnknown_AndNotRepeated()
    {
        await using var twilio = LoopbackTwilio.Replying(Reply.Json(201, Accepted), new Reply.Reset());
        await using var services = Client.Services();
        var api = services.GetRequiredService<ITwilioApi>();

        Assert.IsType<SendOutcome.Accepted>(await api.CreateMessageAsync(twilio.Account, Request, Cancelled));
        Assert.IsType<SendOutcome.Unknown>(await api.CreateMessageAsync(twilio.Account, Request, Cancelled));

        Assert.Equal(2, twilio.Requests.Count);
    }

    [Fact]
    public async Task ConnectionResetWithoutReading_IsUnknown()
    {
        await using var twilio = LoopbackTwilio.ResettingUnread();

        Assert.IsType<SendOutcome.Unknown>(await SendAsync(twilio.Account));
    }

    [Fact]
    public async Task ConnectionResetInMidAnswer_IsUnknown()
    {
        await using var twilio = LoopbackTwilio.Replying(
            new Reply.BytesThenReset("HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n{\"sid\":\"SM0"));

        Assert.IsType<SendOutcome.Unknown>(await SendAsync(twilio.Account));
    }

    [Fact]
    public async Task NoAnswerInTime_IsUnknown()
    {
        await using var twilio = LoopbackTwilio.Replying(new Reply.Hang());

        var outcome = await SendAsync(twilio.Account, null, ("RequestTimeout", "00:00:03"));

        Assert.Equal("timed out", Assert.IsType<SendOutcome.Unknown>(outcome).Reason);
        Assert.Single(twilio.Requests);
    }

    [Fact]
    public async Task ConnectionRefused_IsNotSent()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();

        var outcome = await SendAsync(AccountAt($"http://127.0.0.1:{port}"));

        Assert.Equal("ConnectionError (ConnectionRefused)", Assert.IsType<SendOutcome.NotSent>(outcome).Reason);
    }

    [Fact]
    public async Task UnknownHost_IsNotSent()
    {
        var outcome = await SendAsync(AccountAt("http://twilio.invalid"));

        Assert.StartsWith("NameResolutionError", Assert.IsType<SendOutcome.NotSent>(outcome).Reason);
    }

    [Fact]
    public async Task NoTlsOnTheOtherSide_IsNotSent()
    {
        await using var twilio = LoopbackTwilio.ResettingUnread();

        var outcome = await SendAsync(AccountAt($"https://127.0.0.1:{twilio.BaseUri.Port}"));

        Assert.IsType<SendOutcome.NotSent>(outcome);
    }

    [Fact]
    public async Task TooLateToLeave_IsNotSent()
    {
        await using var twilio = LoopbackTwilio.Replying(Reply.Json(201, Accepted));
        var late = Request with { NotAfter = TimeProvider.System.GetUtcNow().AddMilliseconds(-1) };

        await using var services = Client.Services();
        var outcome = await services.GetRequiredService<ITwilioApi>().CreateMessageAsync(twilio.Account, late, Cancelled);

        Assert.IsType<SendOutcome.NotSent>(outcome);
        Assert.Empty(twilio.Requests);
    }

    [Theory]
    [InlineData("00:00:00.100", "00:00:10")]
    [InlineData("00:00:10", "00:00:00.100")]
    public async Task NoConnectionInTime_IsNotSent(string connectTimeout, string requestTimeout)
    {
        // The listener accepts nothing and TLS waits for its first answer: connecting does not end.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var account = AccountAt($"https://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}");

        var outcome = await SendAsync(
            account, null, ("ConnectTimeout", connectTimeout), ("RequestTimeout", requestTimeout));

        Assert.Equal("timed out", Assert.IsType<SendOutcome.NotSent>(outcome).Reason);
    }

    [Fact]
    public async Task ConnectionResetAsSoonAsItIsMade_IsAnOutcomeAndNoException()
    {
        // Now and then .NET finds the socket gone between two of its own steps; many tries meet that moment, too.
        using var hostile = new TcpListener(IPAddress.Loopback, 0);
        hostile.Start();
        var resetting = ResetAll(hostile);
        var account = AccountAt($"http://127.0.0.1:{((IPEndPoint)hostile.LocalEndpoint).Port}");
        await using var services = Client.Services();
        var twilio = services.GetRequiredService<ITwilioApi>();

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 500).Select(_ => twilio.CreateMessageAsync(account, Request, Cancelled)));

        Assert.All(outcomes, outcome => Assert.True(outcome is SendOutcome.NotSent or SendOutcome.Unknown));
        hostile.Stop();
        resetting.Join();
    }

    [Fact]
    public async Task CallerCancels_Throws()
    {
        await using var twilio = LoopbackTwilio.Replying(new Reply.Hang());
        await using var services = Client.Services();
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        caller.CancelAfter(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => services.GetRequiredService<ITwilioApi>()
            .CreateMessageAsync(twilio.Account, Request, caller.Token));
    }

    private static TwilioAccount AccountAt(string uri) =>
        new(LoopbackTwilio.AccountSid, LoopbackTwilio.AuthToken, new Uri(uri));

    // On a thread of its own: it resets before the caller's pool has come to what follows on the connection.
    private static Thread ResetAll(TcpListener listener)
    {
        var thread = new Thread(() =>
        {
            try
            {
                while (true)
                {
                    using var connection = listener.AcceptSocket();
                    connection.LingerState = new LingerOption(enable: true, seconds: 0);
                }
            }
            catch (Exception failure) when (failure is SocketException or InvalidOperationException)
            {
                // The listener was stopped.
            }
        });
        thread.Start();
        return thread;
    }

    private static async Task<SendOutcome> SendAsync(
        TwilioAccount account,
        TimeProvider? clock = null,
        params (string Setting, string Value)[] settings)
    {
        await using var services = Client.Services(clock, settings);
        return await services.GetRequiredService<ITwilioApi>().CreateMessageAsync(account, Request, Cancelled);
    }
}
