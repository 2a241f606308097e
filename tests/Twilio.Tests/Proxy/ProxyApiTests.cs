using Microsoft.Extensions.DependencyInjection;

using PhoneMasking.Twilio.Proxy;
using PhoneMasking.Twilio.Tests.Loopback;

namespace PhoneMasking.Twilio.Tests.Proxy;

public sealed class ProxyApiTests
{
    private const string ServiceSid = "KS00000000000000000000000000000001";
    private const string NumberSid = "PN00000000000000000000000000000001";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(403, 80506, typeof(ProxyServiceOutcome.NotAvailable))]
    [InlineData(400, 80602, typeof(ProxyServiceOutcome.NameTaken))]
    [InlineData(400, 80603, typeof(ProxyServiceOutcome.NameTaken))]
    [InlineData(401, 20003, typeof(ProxyServiceOutcome.Refused))]
    [InlineData(429, 80621, typeof(ProxyServiceOutcome.RateLimited))]
    [InlineData(500, 80501, typeof(ProxyServiceOutcome.Unknown))]
    public async Task CreateService_TwilioSaysNo_IsToldApart_AndNotRepeated(int status, int code, Type outcome)
    {
        await using var twilio = LoopbackTwilio.Replying(Reply.Json(status, $$"""{"code":{{code}}}"""));
        await using var services = Client.Services();

        Assert.IsType(outcome, await CreateAsync(services, twilio.Account));
        Assert.Single(twilio.Requests);
    }

    [Fact]
    public async Task CreateService_Created_IsTheService()
    {
        await using var twilio = LoopbackTwilio.Replying(
            Reply.Json(201, $$"""{"sid":"{{ServiceSid}}","unique_name":"sitters","default_ttl":0}"""));
        await using var services = Client.Services();

        var created = Assert.IsType<ProxyServiceOutcome.Created>(await CreateAsync(services, twilio.Account));

        Assert.Equal(
            (ServiceSid, "sitters", 0),
            (created.Service.Sid, created.Service.UniqueName, created.Service.DefaultTtl));
        Assert.Equal(
            ("/proxy/v1/Services", "UniqueName=sitters"),
            (twilio.Requests.Single().Target, twilio.Requests.Single().Body));
    }

    [Theory]
    [InlineData(80612, typeof(ProxyNumberOutcome.AlreadyThere))]
    [InlineData(80101, typeof(ProxyNumberOutcome.InAnotherService))]
    [InlineData(80622, typeof(ProxyNumberOutcome.ServiceFull))]
    [InlineData(20404, typeof(ProxyNumberOutcome.Refused))]
    public async Task AddNumber_TwilioSaysNo_IsToldApart(int code, Type outcome)
    {
        await using var twilio = LoopbackTwilio.Replying(Reply.Json(400, $$"""{"code":{{code}}}"""));
        await using var services = Client.Services();

        Assert.IsType(
            outcome, await Api(services).AddNumberAsync(twilio.Account, ServiceSid, NumberSid, true, Cancelled));
    }

    [Fact]
    public async Task AddNumber_PassingFailure_IsRepeated()
    {
        await using var twilio = LoopbackTwilio.Replying(
            Reply.Json(503, ""), Reply.Json(201, $$"""{"sid":"{{NumberSid}}","is_reserved":true,"in_use":0}"""));
        await using var services = Client.Services();

        var added = Assert.IsType<ProxyNumberOutcome.Added>(
            await Api(services).AddNumberAsync(twilio.Account, ServiceSid, NumberSid, true, Cancelled));

        Assert.Equal((NumberSid, true), (added.Number.Sid, added.Number.IsReserved));
        Assert.All(twilio.Requests, request => Assert.Equal($"Sid={NumberSid}&IsReserved=true", request.Body));
    }

    [Theory]
    [InlineData(204, 0, typeof(ProxyRemovalOutcome.Removed))]
    [InlineData(404, 20404, typeof(ProxyRemovalOutcome.Removed))]
    [InlineData(409, 80611, typeof(ProxyRemovalOutcome.InUse))]
    [InlineData(400, 80605, typeof(ProxyRemovalOutcome.Refused))]
    public async Task RemoveNumber_EndsAsTwilioSays(int status, int code, Type outcome)
    {
        await using var twilio = LoopbackTwilio.Replying(
            Reply.Json(status, status == 204 ? "" : $$"""{"code":{{code}}}"""));
        await using var services = Client.Services();

        Assert.IsType(outcome, await Api(services).RemoveNumberAsync(twilio.Account, ServiceSid, NumberSid, Cancelled));
    }

    [Fact]
    public async Task DeleteService_ThatIsNotThere_CountsAsDeletedAndARefusalIsThrown()
    {
        await using var twilio = LoopbackTwilio.Replying(
            Reply.Json(204, ""), Reply.Json(404, """{"code":20404}"""), Reply.Json(400, """{"code":80605}"""));
        await using var services = Client.Services();

        await Api(services).DeleteServiceAsync(twilio.Account, ServiceSid, Cancelled);
        await Api(services).DeleteServiceAsync(twilio.Account, ServiceSid, Cancelled);
        var refused = await Assert.ThrowsAsync<TwilioApiException>(
            () => Api(services).DeleteServiceAsync(twilio.Account, ServiceSid, Cancelled));

        Assert.Equal(80605, refused.Code);
    }

    private static IProxyApi Api(ServiceProvider services) => services.GetRequiredService<IProxyApi>();

    private static Task<ProxyServiceOutcome> CreateAsync(ServiceProvider services, TwilioAccount account) =>
        Api(services).CreateServiceAsync(account, new ProxyServiceSettings { UniqueName = "sitters" }, Cancelled);
}
