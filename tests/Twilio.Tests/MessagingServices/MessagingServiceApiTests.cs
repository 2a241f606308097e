using Microsoft.Extensions.DependencyInjection;

using PhoneMasking.Twilio.MessagingServices;
using PhoneMasking.Twilio.Tests.Loopback;

namespace PhoneMasking.Twilio.Tests.MessagingServices;

public sealed class MessagingServiceApiTests
{
    private const string ServiceSid = "MG00000000000000000000000000000001";
    private const string NumberSid = "PN00000000000000000000000000000001";
    private const string Numbers = $"/messaging/v1/Services/{ServiceSid}/PhoneNumbers";
    private const string Service = $$"""{"sid":"{{ServiceSid}}","use_inbound_webhook_on_number":true}""";
    private const string Number = $$"""{"sid":"{{NumberSid}}","service_sid":"{{ServiceSid}}"}""";

    private static readonly MessagingServiceSettings Settings = new()
    {
        FriendlyName = "Sitters",
        UseInboundWebhookOnNumber = true,
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_Created_IsTheServiceAsAsked()
    {
        await using var twilio = LoopbackTwilio.Replying(Reply.Json(201, Service));

        var created = Assert.IsType<MessagingServiceOutcome.Created>(await CreateAsync(twilio.Account));

        Assert.Equal((ServiceSid, true), (created.Service.Sid, created.Service.UseInboundWebhookOnNumber));
        Assert.Equal(
            [new("FriendlyName", "Sitters"), new("UseInboundWebhookOnNumber", "true")],
            Assert.Single(twilio.Requests).Form);
    }

    [Fact]
    public async Task Create_ServerErrorOrReset_IsUnknown_AndNotRepeated()
    {
        await using var twilio = LoopbackTwilio.Replying(Reply.Json(500, ""), new Reply.Reset());

        Assert.IsType<MessagingServiceOutcome.Unknown>(await CreateAsync(twilio.Account));
        Assert.IsType<MessagingServiceOutcome.Unknown>(await CreateAsync(twilio.Account));

        Assert.Equal(2, twilio.Requests.Count);
    }

    [Fact]
    public async Task Create_TooManyRequestsOrRefused_IsToldApart()
    {
        await using var twilio = LoopbackTwilio.Replying(
            Reply.Json(429, "{}", "Retry-After: 2"), Reply.Json(400, """{"code":21701}"""));

        var limited = Assert.IsType<MessagingServiceOutcome.RateLimited>(await CreateAsync(twilio.Account));
        var refused = Assert.IsType<MessagingServiceOutcome.Refused>(await CreateAsync(twilio.Account));

        Assert.Equal((TimeSpan.FromSeconds(2), 21701), (limited.RetryAfter, refused.Error.Code));
    }

    [Theory]
    [InlineData(21710, typeof(AddNumberOutcome.AlreadyThere))]
    [InlineData(21712, typeof(AddNumberOutcome.InAnotherService))]
    [InlineData(21714, typeof(AddNumberOutcome.ServiceFull))]
    [InlineData(21715, typeof(AddNumberOutcome.NotTextCapable))]
    [InlineData(20404, typeof(AddNumberOutcome.Refused))]
    public async Task AddNumber_TwilioSaysNo_IsToldApart(int code, Type outcome)
    {
        await using var twilio = LoopbackTwilio.Replying(Reply.Json(409, $$"""{"code":{{code}}}"""));
        await using var services = Client.Services();

        Assert.IsType(outcome, await Api(services).AddNumberAsync(twilio.Account, ServiceSid, NumberSid, Cancelled));
        Assert.Single(twilio.Requests);
    }

    [Fact]
    public async Task AddNumber_AnswerLost_IsRepeatedUntilItIsThere()
    {
        await using var twilio = LoopbackTwilio.Replying(
            new Reply.Reset(), Reply.Json(429, "{}", "Retry-After: 0"), Reply.Json(409, """{"code":21710}"""));
        await using var services = Client.Services();

        Assert.IsType<AddNumberOutcome.AlreadyThere>(
            await Api(services).AddNumberAsync(twilio.Account, ServiceSid, NumberSid, Cancelled));

        Assert.All(twilio.Requests, request =>
            Assert.Equal((Numbers, $"PhoneNumberSid={NumberSid}"), (request.Path, request.Body)));
        Assert.Equal(3, twilio.Requests.Count);
    }

    [Fact]
    public async Task ListNumbers_SeveralPages_FollowsThemWhereverTheMessagingApiIs()
    {
        await using var twilio = LoopbackTwilio.Replying();
        twilio.ThenReply(Page($"{twilio.BaseUri}messaging/v1/next?Page=1"), Page(""));
        await using var services = Client.Services();

        var numbers = await Api(services).ListNumbersAsync(twilio.Account, ServiceSid, Cancelled)
            .ToListAsync(Cancelled);

        Assert.Equal([NumberSid, NumberSid], numbers.Select(number => number.Sid));
        Assert.Equal(
            [$"{Numbers}?PageSize=1000", "/messaging/v1/next?Page=1"],
            twilio.Requests.Select(request => request.Target));
    }

    [Fact]
    public async Task ListNumbers_NextPageSomewhereElse_GetsNoToken()
    {
        await using var twilio = LoopbackTwilio.Replying(Page("https://example.com/v1/Services"));
        await using var services = Client.Services();

        await Assert.ThrowsAsync<TwilioApiException>(async () =>
            await Api(services).ListNumbersAsync(twilio.Account, ServiceSid, Cancelled).ToListAsync(Cancelled));
    }

    [Fact]
    public async Task Update_PassingFailure_IsRepeated_RefusalThrows()
    {
        await using var twilio = LoopbackTwilio.Replying(
            Reply.Json(503, ""), Reply.Json(200, Service), Reply.Json(404, """{"code":20404}"""));
        await using var services = Client.Services();

        var service = await Api(services).UpdateServiceAsync(twilio.Account, ServiceSid, Settings, Cancelled);
        var failure = await Assert.ThrowsAsync<TwilioApiException>(() =>
            Api(services).UpdateServiceAsync(twilio.Account, ServiceSid, Settings, Cancelled));

        Assert.Equal((ServiceSid, 20404), (service.Sid, failure.Code));
        Assert.Equal(3, twilio.Requests.Count);
    }

    [Fact]
    public async Task FetchAndRemove_NotThere_IsNullAndDone()
    {
        await using var twilio = LoopbackTwilio.Replying(Reply.Json(404, "{}"));
        await using var services = Client.Services();

        Assert.Null(await Api(services).FetchServiceAsync(twilio.Account, ServiceSid, Cancelled));
        Assert.Null(await Api(services).FetchNumberAsync(twilio.Account, ServiceSid, NumberSid, Cancelled));
        await Api(services).RemoveNumberAsync(twilio.Account, ServiceSid, NumberSid, Cancelled);
    }

    private static IMessagingServiceApi Api(ServiceProvider services) =>
        services.GetRequiredService<IMessagingServiceApi>();

    private static Reply Page(string next) => Reply.Json(
        200, $$"""{"phone_numbers":[{{Number}}],"meta":{"key":"phone_numbers","next_page_url":"{{next}}"} }""");

    private static async Task<MessagingServiceOutcome> CreateAsync(TwilioAccount account)
    {
        await using var services = Client.Services();
        return await Api(services).CreateServiceAsync(account, Settings, Cancelled);
    }
}
