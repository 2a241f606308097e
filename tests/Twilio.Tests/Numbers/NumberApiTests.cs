using System.Net;
using System.Net.Sockets;

using Microsoft.Extensions.DependencyInjection;

using PhoneMasking.Twilio.Numbers;
using PhoneMasking.Twilio.Tests.Loopback;

namespace PhoneMasking.Twilio.Tests.Numbers;

public sealed class NumberApiTests
{
    private const string Sid = "PN00000000000000000000000000000001";
    private const string Path = "/2010-04-01/Accounts/" + LoopbackTwilio.AccountSid;
    private const string List = Path + "/IncomingPhoneNumbers.json";
    private const string Number = $$"""
        {"sid":"{{Sid}}","phone_number":"+13035550142","sms_url":"","status":"in-use",
         "capabilities":{"SMS":true,"mms":false,"voice":true} }
        """;

    private static readonly PurchaseRequest Purchase = new()
    {
        PhoneNumber = "+13035550142",
        Settings = new NumberSettings { SmsUrl = new Uri("https://example.com/sms#rc=2&rp=all") },
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Buy_Created_IsBoughtAsAsked()
    {
        await using var twilio = LoopbackTwilio.Replying(Reply.Json(201, Number));

        var number = Assert.IsType<PurchaseOutcome.Bought>(await BuyAsync(twilio.Account)).Number;

        Assert.Equal((Sid, "+13035550142"), (number.Sid, number.PhoneNumber));
        Assert.Equal(new NumberCapabilities(true, false, true), number.Capabilities);
        Assert.Equal(
            [new("PhoneNumber", "+13035550142"), new("SmsUrl", "https://example.com/sms#rc=2&rp=all")],
            Assert.Single(twilio.Requests).Form);
    }

    [Theory]
    [InlineData(400, 21422, PurchaseRefusal.NumberTaken)]
    [InlineData(400, 21421, PurchaseRefusal.NumberInvalid)]
    [InlineData(400, 21451, PurchaseRefusal.NoneInArea)]
    [InlineData(400, 21452, PurchaseRefusal.NoneInArea)]
    [InlineData(400, 21404, PurchaseRefusal.TrialAccount)]
    [InlineData(400, 10002, PurchaseRefusal.TrialAccount)]
    [InlineData(403, 22300, PurchaseRefusal.AccountRestricted)]
    [InlineData(401, 20003, PurchaseRefusal.BadCredentials)]
    [InlineData(400, 21649, PurchaseRefusal.Other)]
    public async Task Buy_TwilioSaysNo_IsRefusedWithTheReason(int status, int code, PurchaseRefusal reason)
    {
        await using var twilio = LoopbackTwilio.Replying(Reply.Json(status, $$"""{"code":{{code}}}"""));

        var refused = Assert.IsType<PurchaseOutcome.Refused>(await BuyAsync(twilio.Account));

        Assert.Equal((code, reason), (refused.Error.Code, refused.Reason));
        Assert.Single(twilio.Requests);
    }

    [Fact]
    public async Task Buy_TooManyRequests_IsRateLimited()
    {
        await using var twilio = LoopbackTwilio.Replying(Reply.Json(429, "{}", "Retry-After: 3"));

        var outcome = Assert.IsType<PurchaseOutcome.RateLimited>(await BuyAsync(twilio.Account));

        Assert.Equal(TimeSpan.FromSeconds(3), outcome.RetryAfter);
    }

    [Fact]
    public async Task Buy_ServerErrorOrReset_IsUnknown_AndNotRepeated()
    {
        await using var twilio = LoopbackTwilio.Replying(Reply.Json(500, ""), new Reply.Reset());

        Assert.IsType<PurchaseOutcome.Unknown>(await BuyAsync(twilio.Account));
        Assert.IsType<PurchaseOutcome.Unknown>(await BuyAsync(twilio.Account));

        Assert.Equal(2, twilio.Requests.Count);
    }

    [Fact]
    public async Task Buy_ConnectionRefused_IsNotSent()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var uri = new Uri($"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");
        taken.Stop();

        Assert.IsType<PurchaseOutcome.NotSent>(
            await BuyAsync(new TwilioAccount(LoopbackTwilio.AccountSid, LoopbackTwilio.AuthToken, uri)));
    }

    [Fact]
    public async Task List_OneNumber_AsksForItAndFollowsPages()
    {
        await using var twilio = LoopbackTwilio.Replying(
            Page($"{List}?Page=1"),
            Page(""));
        await using var services = Client.Services();

        var numbers = await Api(services).ListNumbersAsync(twilio.Account, "+13035550142", Cancelled)
            .ToListAsync(Cancelled);

        Assert.Equal(2, numbers.Count);
        Assert.Equal(
            [$"{List}?PhoneNumber=%2B13035550142&PageSize=1000", $"{List}?Page=1"],
            twilio.Requests.Select(request => request.Target));
    }

    [Fact]
    public async Task Fetch_KnownAndUnknownNumber_IsTheNumberOrNull()
    {
        await using var twilio = LoopbackTwilio.Replying(Reply.Json(200, Number), Reply.Json(404, "{}"));
        await using var services = Client.Services();

        Assert.Equal(Sid, (await Api(services).FetchNumberAsync(twilio.Account, Sid, Cancelled))?.Sid);
        Assert.Null(await Api(services).FetchNumberAsync(twilio.Account, Sid, Cancelled));
    }

    [Fact]
    public async Task Update_PassingFailure_IsRepeatedAsItWas()
    {
        await using var twilio = LoopbackTwilio.Replying(
            Reply.Json(503, """{"code":20503}"""), new Reply.Reset(), Reply.Json(200, Number));
        await using var services = Client.Services();

        var number = await Api(services).UpdateNumberAsync(twilio.Account, Sid, Purchase.Settings, Cancelled);

        Assert.Equal(Sid, number.Sid);
        Assert.Equal(3, twilio.Requests.Count);
        Assert.All(twilio.Requests, request =>
        {
            Assert.Equal($"{Path}/IncomingPhoneNumbers/{Sid}.json", request.Target);
            Assert.Equal([new("SmsUrl", "https://example.com/sms#rc=2&rp=all")], request.Form);
        });
    }

    [Fact]
    public async Task Update_Refused_ThrowsWithTwiliosCode_AndIsNotRepeated()
    {
        await using var twilio = LoopbackTwilio.Replying(Reply.Json(400, """{"code":21502}"""));
        await using var services = Client.Services();

        var failure = await Assert.ThrowsAsync<TwilioApiException>(() =>
            Api(services).UpdateNumberAsync(twilio.Account, Sid, Purchase.Settings, Cancelled));

        Assert.Equal((21502, false), (failure.Code, failure.IsTransient));
        Assert.Single(twilio.Requests);
    }

    [Fact]
    public async Task Release_GivenBackOrAlreadyGone_Succeeds_RefusalThrows()
    {
        await using var twilio = LoopbackTwilio.Replying(
            Reply.Json(204, ""), Reply.Json(404, "{}"), Reply.Json(400, """{"code":22350}"""));
        await using var services = Client.Services();

        await Api(services).ReleaseNumberAsync(twilio.Account, Sid, Cancelled);
        await Api(services).ReleaseNumberAsync(twilio.Account, Sid, Cancelled);
        var failure = await Assert.ThrowsAsync<TwilioApiException>(() =>
            Api(services).ReleaseNumberAsync(twilio.Account, Sid, Cancelled));

        Assert.Equal((22350, false), (failure.Code, failure.IsTransient));
        Assert.All(twilio.Requests, request => Assert.Equal("DELETE", request.Method));
    }

    [Fact]
    public async Task Search_ByAreaCode_FindsNumbers()
    {
        await using var twilio = LoopbackTwilio.Replying(Reply.Json(200, """
            {"available_phone_numbers":[{"phone_number":"+13035550142","locality":"Denver","region":"CO",
             "capabilities":{"voice":true,"SMS":true,"MMS":true}}]}
            """));
        await using var services = Client.Services();

        var found = await Api(services).SearchLocalNumbersAsync(
            twilio.Account, new LocalNumberSearch { AreaCode = 303, SmsEnabled = true, PageSize = 5 }, Cancelled);

        var number = Assert.Single(found);
        Assert.Equal(("+13035550142", "Denver", "CO"), (number.PhoneNumber, number.Locality, number.Region));
        Assert.Equal(new NumberCapabilities(true, true, true), number.Capabilities);
        Assert.Equal(
            $"{Path}/AvailablePhoneNumbers/US/Local.json?AreaCode=303&SmsEnabled=true&PageSize=5",
            Assert.Single(twilio.Requests).Target);
    }

    private static ITwilioApi Api(ServiceProvider services) => services.GetRequiredService<ITwilioApi>();

    private static Reply Page(string next) =>
        Reply.Json(200, $$"""{"incoming_phone_numbers":[{{Number}}],"next_page_uri":"{{next}}"}""");

    private static async Task<PurchaseOutcome> BuyAsync(TwilioAccount account)
    {
        await using var services = Client.Services();
        return await Api(services).BuyNumberAsync(account, Purchase, Cancelled);
    }
}
