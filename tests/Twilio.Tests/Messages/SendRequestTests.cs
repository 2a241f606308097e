using System.Text;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

using PhoneMasking.TestServers;
using PhoneMasking.Twilio.Messages;
using PhoneMasking.Twilio.Numbers;
using PhoneMasking.Twilio.Tests.Loopback;
using PhoneMasking.Twilio.TwiML;

namespace PhoneMasking.Twilio.Tests.Messages;

/// <summary>How a send looks on the wire.</summary>
public sealed class SendRequestTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_CarriesBasicAuthAndAForm()
    {
        var request = await WireAsync(new SendRequest
        {
            To = "+13035550142",
            From = "+17205550100",
            Body = "hi",
            MediaUrls = [new Uri("https://example.com/a.png?x=1&y=2"), new Uri("https://example.com/b.png")],
            StatusCallback = new Uri("https://example.com/status#rc=2&rp=all"),
            ValidityPeriod = TimeSpan.FromMinutes(10),
            SmartEncoded = false,
        });

        Assert.Equal("POST", request.Method);
        Assert.Equal($"/2010-04-01/Accounts/{LoopbackTwilio.AccountSid}/Messages.json", request.Target);
        Assert.Equal(
            "Basic " + Convert.ToBase64String(
                Encoding.UTF8.GetBytes($"{LoopbackTwilio.AccountSid}:{LoopbackTwilio.AuthToken}")),
            request.Headers["Authorization"]);
        Assert.Equal("application/x-www-form-urlencoded", request.Headers["Content-Type"]);
        Assert.Equal(
            [
                new("To", "+13035550142"),
                new("From", "+17205550100"),
                new("Body", "hi"),
                new("MediaUrl", "https://example.com/a.png?x=1&y=2"),
                new("MediaUrl", "https://example.com/b.png"),
                new("StatusCallback", "https://example.com/status#rc=2&rp=all"),
                new("ValidityPeriod", "600"),
                new("SmartEncoded", "false"),
            ],
            request.Form);
    }

    [Theory]
    [InlineData("a+b&c=d e%", "a%2Bb%26c%3Dd%20e%25")]
    [InlineData("🐾", "%F0%9F%90%BE")]
    [InlineData("é~-._", "%C3%A9~-._")]
    [InlineData("שלום", "%D7%A9%D7%9C%D7%95%D7%9D")]
    [InlineData("a\r\nb\0", "a%0D%0Ab%00")]
    [InlineData("", "")]
    public async Task Send_AnyText_IsEncodedAsAForm(string body, string encoded)
    {
        var request = await WireAsync(new SendRequest { To = "x", Body = body });

        Assert.Equal($"To=x&Body={encoded}", request.Body);
    }

    [Fact]
    public async Task Send_HalfASurrogatePair_IsReplaced()
    {
        var request = await WireAsync(new SendRequest { To = "x", Body = "\ud83d" });

        Assert.Equal("To=x&Body=%EF%BF%BD", request.Body);
    }

    [Fact]
    public async Task Send_LongestText_ArrivesWhole()
    {
        var text = string.Concat(Enumerable.Repeat("🐾", 800));

        var request = await WireAsync(new SendRequest { To = "x", Body = text });

        Assert.Equal(text, request.Form[1].Value);
    }

    [Fact]
    public async Task Send_LogsNothingPersonal()
    {
        await using var twilio = LoopbackTwilio.Replying(
            Reply.Json(400, """{"code":21211,"message":"+13035550142"}"""));
        await using var services = Client.Services();
        using var log = new CapturedLog();
        services.GetRequiredService<ILoggerFactory>().AddProvider(log);

        var outcome = await services.GetRequiredService<ITwilioApi>().CreateMessageAsync(
            twilio.Account, new SendRequest { To = "+13035550142", Body = "secret" }, Cancelled);

        Assert.DoesNotContain("5550142", $"{outcome}{twilio.Account}{string.Join(' ', log.Lines)}");
        Assert.DoesNotContain(LoopbackTwilio.AuthToken, $"{outcome}{twilio.Account}{string.Join(' ', log.Lines)}");
    }

    [Fact]
    public void PersonalRecords_AsText_ShowNoNumberAndNoBody()
    {
        var to = "+13035550142";
        object[] records =
        [
            new SendRequest { To = to, Body = "secret" },
            new TwilioMessage { Sid = "SM1", To = to, Body = "secret" },
            new MessageQuery { To = to, From = to },
            new TwilioError(400, 21211, to, null),
            new IncomingNumber { Sid = "PN1", PhoneNumber = to, FriendlyName = to },
            new AvailableNumber { PhoneNumber = to },
            new PurchaseRequest { PhoneNumber = to, Settings = new() { FriendlyName = to } },
            new NumberSettings { FriendlyName = to },
            new TwimlMessage("secret") { To = to },
        ];

        Assert.All(records, record =>
        {
            Assert.DoesNotContain("5550142", record.ToString());
            Assert.DoesNotContain("secret", record.ToString());
        });
    }

    private static async Task<ReceivedRequest> WireAsync(SendRequest request)
    {
        await using var twilio = LoopbackTwilio.Replying(Reply.Json(201, """{"sid":"SM1"}"""));
        await using var services = Client.Services();

        await services.GetRequiredService<ITwilioApi>().CreateMessageAsync(twilio.Account, request, Cancelled);

        return Assert.Single(twilio.Requests);
    }
}
