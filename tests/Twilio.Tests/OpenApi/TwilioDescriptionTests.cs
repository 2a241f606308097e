using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

using Microsoft.Extensions.DependencyInjection;

using PhoneMasking.Twilio.Messages;
using PhoneMasking.Twilio.Numbers;
using PhoneMasking.Twilio.Tests.Loopback;
using PhoneMasking.Twilio.Transport;
using PhoneMasking.TwilioOpenApi;

namespace PhoneMasking.Twilio.Tests.OpenApi;

/// <summary>What the client says and reads, held against Twilio's own description of its API.</summary>
public sealed class TwilioDescriptionTests
{
    private const string Account = "/2010-04-01/Accounts/" + LoopbackTwilio.AccountSid;
    private const string MessageSid = "SM00000000000000000000000000000001";

    /// <summary>One example has its coordinates as text.</summary>
    private const string ErrorOfAnExample = "itude: String where number is described";

    private const string NumberSid = "PN00000000000000000000000000000001";

    private static readonly NumberSettings EverySetting = new()
    {
        FriendlyName = "Standby",
        SmsUrl = new Uri("https://example.com/sms#rc=2"),
        SmsFallbackUrl = new Uri("https://example.com/sms2"),
        VoiceUrl = new Uri("https://example.com/voice"),
        VoiceFallbackUrl = new Uri("https://example.com/voice2"),
        StatusCallback = new Uri("https://example.com/status"),
        SmsApplicationSid = "AP00000000000000000000000000000001",
        VoiceApplicationSid = "AP00000000000000000000000000000001",
        AddressSid = "AD00000000000000000000000000000001",
        BundleSid = "BU00000000000000000000000000000001",
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryRequestOfTheClient_IsDescribedByTwilio()
    {
        var description = Description();
        await using var twilio = LoopbackTwilio.Replying(Reply.Json(200, """
            {"sid":"X","phone_number":"X","messages":[],"incoming_phone_numbers":[],"available_phone_numbers":[]}
            """));
        await using var services = Client.Services();

        await CallEverythingAsync(services.GetRequiredService<ITwilioApi>(), twilio.Account);

        Assert.Equal(typeof(ITwilioApi).GetMethods().Length, twilio.Requests.Count);
        Assert.Empty(twilio.Requests.SelectMany(request =>
            description.CheckRequest(request.Method, request.Path, request.Parameters)));
    }

    [Fact]
    public void EveryPropertyThatTheClientReads_IsDescribedByTwilio()
    {
        var description = Description();
        var json = TwilioJson.Default;

        Assert.Empty(Undescribed(json.AccountDetails, description.ResponseProperties(
            "GET", $"{Account}.json", 200, null)));
        Assert.Empty(Undescribed(json.TwilioMessage, description.ResponseProperties(
            "POST", $"{Account}/Messages.json", 201, null)));
        Assert.Empty(Undescribed(json.TwilioMessage, description.ResponseProperties(
            "GET", $"{Account}/Messages.json", 200, "messages")));
        Assert.Empty(Undescribed(json.MessagePage, description.ResponseProperties(
            "GET", $"{Account}/Messages.json", 200, null)));
        Assert.Empty(Undescribed(json.IncomingNumber, description.ResponseProperties(
            "POST", $"{Account}/IncomingPhoneNumbers.json", 201, null)));
        Assert.Empty(Undescribed(json.IncomingNumberPage, description.ResponseProperties(
            "GET", $"{Account}/IncomingPhoneNumbers.json", 200, null)));
        Assert.Empty(Undescribed(json.AvailableNumber, description.ResponseProperties(
            "GET", $"{Account}/AvailablePhoneNumbers/US/Local.json", 200, "available_phone_numbers")));
        Assert.Empty(Undescribed(json.AvailableNumberPage, description.ResponseProperties(
            "GET", $"{Account}/AvailablePhoneNumbers/US/Local.json", 200, null)));
    }

    [Fact]
    public void TwiliosExamples_AreReadByTheClient_AndFoundGoodByTheCheck()
    {
        var description = Description();
        var examples = description.Examples().Where(example => TypeOf(example.Path, example.Body) is not null).ToList();

        Assert.True(examples.Count > 10, $"only {examples.Count} examples");
        Assert.All(examples, example =>
        {
            Assert.NotNull(example.Body.Deserialize(TypeOf(example.Path, example.Body)!));
            Assert.All(
                description.CheckResponse(example.Method, example.Path, example.Status, example.Body),
                problem => Assert.Contains(ErrorOfAnExample, problem));
        });
    }

    [Fact]
    public void WrongRequests_AreFound()
    {
        var description = Description();

        Assert.Equal(
            ["POST /2010-04-01/Accounts/{AccountSid}/Messages.json: no parameter Text",
             "POST /2010-04-01/Accounts/{AccountSid}/Messages.json: parameter To is missing"],
            description.CheckRequest("POST", $"{Account}/Messages.json", [new("Text", "hi")]));
        Assert.Single(description.CheckRequest("PUT", $"{Account}/Messages.json", []));
        Assert.Single(description.CheckRequest("GET", $"{Account}/Mail.json", []));
        Assert.Equal(
            ["PageSize: not an integer"],
            description.CheckRequest("GET", $"{Account}/Messages.json", [new("PageSize", "many")]));
        Assert.Contains(
            "{AccountSid}: does not match ^AC[0-9a-fA-F]{32}$",
            description.CheckRequest("GET", "/2010-04-01/Accounts/ACme/Messages.json", []));
    }

    [Fact]
    public void WrongAnswers_AreFound()
    {
        var description = Description();
        var answer = JsonSerializer.SerializeToElement(new
        {
            sid = MessageSid,
            status = "flying",
            error_code = "30003",
            date_sent = "2026-11-21T12:00:00Z",
            direction = (string?)null,
            colour = "red",
        });

        var problems = description.CheckResponse("POST", $"{Account}/Messages.json", 201, answer)
            .Select(problem => problem.Split(": ", 2)[1])
            .ToList();

        Assert.Contains("$.status: not one of the words described", problems);
        Assert.Contains("$.error_code: String where integer is described", problems);
        Assert.Contains("$.date_sent: not an RFC 2822 date", problems);
        Assert.Contains("$.direction: null", problems);
        Assert.Contains("$.colour: not described", problems);
        Assert.Contains("$.body: missing", problems);
        Assert.Single(description.CheckResponse("POST", $"{Account}/Messages.json", 200, answer));
    }

    private static OpenApiDescription Description()
    {
        var description = OpenApiDescription.TryLoad(out var reason);
        Assert.SkipWhen(description is null, reason);
        return description;
    }

    private static async Task CallEverythingAsync(ITwilioApi api, TwilioAccount account)
    {
        await api.CreateMessageAsync(
            account,
            new SendRequest
            {
                To = "+13035550142",
                From = "+17205550100",
                MessagingServiceSid = "MG00000000000000000000000000000001",
                Body = "hi",
                MediaUrls = [new Uri("https://example.com/1.png"), new Uri("https://example.com/2.png")],
                StatusCallback = new Uri("https://example.com/status#rc=2"),
                ValidityPeriod = TimeSpan.FromMinutes(10),
                SmartEncoded = true,
            },
            Cancelled);
        await api.FetchMessageAsync(account, MessageSid, Cancelled);
        var query = new MessageQuery
        {
            To = "+13035550142",
            From = "+17205550100",
            SentOnOrAfter = DateTimeOffset.UnixEpoch,
        };
        Assert.Empty(await api.ListMessagesAsync(account, query, Cancelled).ToListAsync(Cancelled));
        var search = new LocalNumberSearch
        {
            AreaCode = 303,
            Region = "CO",
            Contains = "303*",
            SmsEnabled = true,
            MmsEnabled = false,
            VoiceEnabled = true,
        };
        await api.SearchLocalNumbersAsync(account, search, Cancelled);
        var purchase = new PurchaseRequest { PhoneNumber = "+13035550142", AreaCode = "303", Settings = EverySetting };
        await api.BuyNumberAsync(account, purchase, Cancelled);
        await api.FetchNumberAsync(account, NumberSid, Cancelled);
        Assert.Empty(await api.ListNumbersAsync(account, "+13035550142", Cancelled).ToListAsync(Cancelled));
        await api.UpdateNumberAsync(account, NumberSid, EverySetting, Cancelled);
        await api.ReleaseNumberAsync(account, NumberSid, Cancelled);
    }

    private static IEnumerable<string> Undescribed(JsonTypeInfo type, IReadOnlySet<string> described) =>
        type.Properties.Where(property => property.Set is not null && !described.Contains(property.Name))
            .Select(property => property.Name);

    private static JsonTypeInfo? TypeOf(string path, JsonElement body) =>
        (path.Replace("/2010-04-01/Accounts/{AccountSid}/", ""), body.TryGetProperty("sid", out _)) switch
        {
            ("Messages.json", false) => TwilioJson.Default.MessagePage,
            ("Messages.json" or "Messages/{Sid}.json", true) => TwilioJson.Default.TwilioMessage,
            ("IncomingPhoneNumbers.json", false) => TwilioJson.Default.IncomingNumberPage,
            ("IncomingPhoneNumbers.json" or "IncomingPhoneNumbers/{Sid}.json", true) =>
                TwilioJson.Default.IncomingNumber,
            ("AvailablePhoneNumbers/{CountryCode}/Local.json", _) => TwilioJson.Default.AvailableNumberPage,
            ("/2010-04-01/Accounts/{Sid}.json", true) => TwilioJson.Default.AccountDetails,
            _ => null,
        };
}
