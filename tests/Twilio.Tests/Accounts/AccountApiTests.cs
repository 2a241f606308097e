using System.Diagnostics.Metrics;

using Microsoft.Extensions.DependencyInjection;

using PhoneMasking.Twilio.Accounts;
using PhoneMasking.Twilio.Tests.Loopback;
using PhoneMasking.Twilio.Transport;

namespace PhoneMasking.Twilio.Tests.Accounts;

public sealed class AccountApiTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fetch_GoodCredentials_IsTheAccount()
    {
        await using var twilio = LoopbackTwilio.Replying(Reply.Json(200, $$"""
            {"sid":"{{LoopbackTwilio.AccountSid}}","status":"suspended","type":"Trial","friendly_name":"Pets"}
            """));

        var found = Assert.IsType<AccountOutcome.Found>(await FetchAsync(twilio.Account)).Details;

        Assert.Equal((false, true, "Pets"), (found.IsActive, found.IsTrial, found.FriendlyName));
        Assert.DoesNotContain("Pets", found.ToString());
        Assert.Equal(
            $"/2010-04-01/Accounts/{LoopbackTwilio.AccountSid}.json", Assert.Single(twilio.Requests).Target);
    }

    [Fact]
    public async Task Fetch_WrongCredentials_IsRefused_NoAnswerThrows()
    {
        await using var twilio = LoopbackTwilio.Replying(
            Reply.Json(401, """{"code":20003}"""), Reply.Json(503, ""));

        var refused = Assert.IsType<AccountOutcome.Refused>(await FetchAsync(twilio.Account));
        await Assert.ThrowsAsync<TwilioApiException>(() => FetchAsync(twilio.Account));

        Assert.Equal(20003, refused.Error.Code);
    }

    [Fact]
    public async Task TooManyRequests_AreCounted_AndRepeatedWhenTwilioSays()
    {
        long counted = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == TwilioMetrics.RateLimited)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            if (tags[0].Value is "fetching the account")
            {
                Interlocked.Add(ref counted, value);
            }
        });
        listener.Start();
        await using var twilio = LoopbackTwilio.Replying(
            Reply.Json(429, "{}", "Retry-After: 0"),
            Reply.Json(429, "{}", "Retry-After: 0"),
            Reply.Json(200, """{"sid":"AC1"}"""));

        Assert.IsType<AccountOutcome.Found>(await FetchAsync(twilio.Account));

        Assert.Equal(2, counted);
    }

    private static async Task<AccountOutcome> FetchAsync(TwilioAccount account)
    {
        await using var services = Client.Services();
        return await services.GetRequiredService<IAccountApi>().FetchAsync(account, Cancelled);
    }
}
