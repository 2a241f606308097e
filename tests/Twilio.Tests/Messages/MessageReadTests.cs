using System.Diagnostics;

using Microsoft.Extensions.DependencyInjection;

using PhoneMasking.Twilio.Messages;
using PhoneMasking.Twilio.Tests.Loopback;

namespace PhoneMasking.Twilio.Tests.Messages;

public sealed class MessageReadTests
{
    private const string Sid = "SM00000000000000000000000000000001";
    private const string Path = "/2010-04-01/Accounts/" + LoopbackTwilio.AccountSid;
    private const string Unavailable = """{"code":20503,"message":"down for +13035550142","status":503}""";

    private static readonly MessageQuery Query = new()
    {
        To = "+13035550142",
        From = "+17205550100",
        SentOnOrAfter = new DateTimeOffset(2026, 11, 21, 5, 0, 0, TimeSpan.FromHours(-7)),
        PageSize = 2,
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_SeveralPages_FollowsThemInOrder()
    {
        await using var twilio = LoopbackTwilio.Replying(
            Page(Path + "/Messages.json?PageSize=2&Page=1&PageToken=PASM1", "SM1", "SM2"),
            Page(Path + "/Messages.json?PageSize=2&Page=2&PageToken=PASM2", "SM3"),
            Page(null, "SM4"));
        await using var services = Client.Services();

        var messages = await Api(services).ListMessagesAsync(twilio.Account, Query, Cancelled).ToListAsync(Cancelled);

        Assert.Equal(["SM1", "SM2", "SM3", "SM4"], messages.Select(message => message.Sid));
        Assert.Equal(
            [
                Path + "/Messages.json?To=%2B13035550142&From=%2B17205550100"
                    + "&DateSent%3E=2026-11-21T12%3A00%3A00Z&PageSize=2",
                Path + "/Messages.json?PageSize=2&Page=1&PageToken=PASM1",
                Path + "/Messages.json?PageSize=2&Page=2&PageToken=PASM2",
            ],
            twilio.Requests.Select(request => request.Target));
        Assert.All(twilio.Requests, request => Assert.StartsWith("Basic ", request.Headers["Authorization"]));
    }

    [Fact]
    public async Task List_ReaderStops_DoesNotAskForMorePages()
    {
        await using var twilio = LoopbackTwilio.Replying(Page(Path + "/Messages.json?Page=1", "SM1", "SM2"));
        await using var services = Client.Services();

        var first = await Api(services).ListMessagesAsync(twilio.Account, Query, Cancelled).FirstAsync(Cancelled);

        Assert.Equal("SM1", first.Sid);
        Assert.Single(twilio.Requests);
    }

    [Theory]
    [InlineData("https://elsewhere.example/2010-04-01/x")]
    [InlineData("//elsewhere.example/2010-04-01/x")]
    public async Task List_NextPageOnAnotherHost_IsNotFollowed(string next)
    {
        await using var twilio = LoopbackTwilio.Replying(Page(next, "SM1"));
        await using var services = Client.Services();

        await Assert.ThrowsAsync<TwilioApiException>(async () =>
            await Api(services).ListMessagesAsync(twilio.Account, Query, Cancelled).ToListAsync(Cancelled));
    }

    [Fact]
    public async Task Fetch_NoSuchMessage_IsNull()
    {
        await using var twilio = LoopbackTwilio.Replying(Reply.Json(404, """{"code":20404,"status":404}"""));
        await using var services = Client.Services();

        Assert.Null(await Api(services).FetchMessageAsync(twilio.Account, Sid, Cancelled));
        Assert.Equal($"{Path}/Messages/{Sid}.json", Assert.Single(twilio.Requests).Target);
    }

    [Fact]
    public async Task Fetch_PassingFailures_AreTriedAgainUntilItWorks()
    {
        await using var twilio = LoopbackTwilio.Replying(
            Reply.Json(503, Unavailable),
            new Reply.Reset(),
            Reply.Json(429, "{}", "Retry-After: 0"),
            Reply.Json(200, $$"""{"sid":"{{Sid}}","status":"sent"}"""));
        await using var services = Client.Services();

        var message = await Api(services).FetchMessageAsync(twilio.Account, Sid, Cancelled);

        Assert.Equal("sent", message?.Status);
        Assert.Equal(4, twilio.Requests.Count);
    }

    [Fact]
    public async Task Fetch_TwilioStaysAway_ThrowsAfterTheLastRetry_WithoutPersonalData()
    {
        await using var twilio = LoopbackTwilio.Replying(Reply.Json(503, Unavailable));
        await using var services = Client.Services(null, ("ReadRetries", "2"));

        var failure = await Assert.ThrowsAsync<TwilioApiException>(() =>
            Api(services).FetchMessageAsync(twilio.Account, Sid, Cancelled));

        Assert.Equal((503, 20503, true), (failure.HttpStatus, failure.Code, failure.IsTransient));
        Assert.Equal("Twilio: fetching a message failed: HTTP 503, code 20503.", failure.Message);
        Assert.DoesNotContain("3035550142", failure.ToString());
        Assert.Equal(3, twilio.Requests.Count);
    }

    [Theory]
    [InlineData(401, """{"code":20003}""", "HTTP 401, code 20003")]
    [InlineData(200, """{"sid":5}""", "the answer could not be read")]
    public async Task Fetch_LastingFailure_IsNotTriedAgain(int status, string body, string reason)
    {
        await using var twilio = LoopbackTwilio.Replying(Reply.Json(status, body));
        await using var services = Client.Services();

        var failure = await Assert.ThrowsAsync<TwilioApiException>(() =>
            Api(services).FetchMessageAsync(twilio.Account, Sid, Cancelled));

        Assert.Equal($"Twilio: fetching a message failed: {reason}.", failure.Message);
        Assert.Single(twilio.Requests);
    }

    [Fact]
    public async Task Fetch_TwilioAsksForALongerWaitThanAllowed_FailsAtOnce()
    {
        await using var twilio = LoopbackTwilio.Replying(Reply.Json(429, "{}", "Retry-After: 600"));
        await using var services = Client.Services();

        var failure = await Assert.ThrowsAsync<TwilioApiException>(() =>
            Api(services).FetchMessageAsync(twilio.Account, Sid, Cancelled));

        Assert.Equal(TimeSpan.FromMinutes(10), failure.RetryAfter);
        Assert.Single(twilio.Requests);
    }

    [Fact]
    public async Task Fetch_NoAnswerInTime_Throws()
    {
        await using var twilio = LoopbackTwilio.Replying(new Reply.Hang());
        await using var services = Client.Services(null, ("RequestTimeout", "00:00:00.150"), ("ReadRetries", "0"));

        var failure = await Assert.ThrowsAsync<TwilioApiException>(() =>
            Api(services).FetchMessageAsync(twilio.Account, Sid, Cancelled));

        Assert.Equal("Twilio: fetching a message failed: timed out.", failure.Message);
        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task List_InATrace_ShowsNoNumber()
    {
        await using var twilio = LoopbackTwilio.Replying(Page(null));
        await using var services = Client.Services();
        var tags = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                var all = string.Join(' ', activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"));
                if (all.Contains($":{twilio.BaseUri.Port}/", StringComparison.Ordinal))
                {
                    tags.Add(all);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);

        Assert.Empty(await Api(services).ListMessagesAsync(twilio.Account, Query, Cancelled).ToListAsync(Cancelled));

        Assert.DoesNotContain("5550", Assert.Single(tags));
    }

    private static ITwilioApi Api(ServiceProvider services) => services.GetRequiredService<ITwilioApi>();

    private static Reply Page(string? next, params string[] sids) => Reply.Json(200, $$"""
        {"messages":[{{string.Join(',', sids.Select(sid => $$"""{"sid":"{{sid}}"}"""))}}],
         "next_page_uri":{{(next is null ? "null" : $"\"{next}\"")}},"page":0,"page_size":2}
        """);
}
