using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

using Microsoft.Extensions.DependencyInjection;

using PhoneMasking.Twilio.Accounts;
using PhoneMasking.Twilio.MessagingServices;
using PhoneMasking.Twilio.Proxy;
using PhoneMasking.Twilio.Registration;
using PhoneMasking.Twilio.Tests.Loopback;
using PhoneMasking.Twilio.Transport;
using PhoneMasking.TwilioOpenApi;

namespace PhoneMasking.Twilio.Tests.OpenApi;

/// <summary>
/// The APIs with a host each, held against Twilio's descriptions of them. Brands are missing in the part of the
/// description at hand; their tests use the example of the whole one.
/// </summary>
public sealed class ProductDescriptionTests
{
    private const string Service = "MG00000000000000000000000000000001";
    private const string ProxyService = "KS00000000000000000000000000000001";
    private const string Number = "PN00000000000000000000000000000001";
    private const string Campaign = "QE00000000000000000000000000000001";
    private const string Numbers = $"/v1/Services/{Service}/PhoneNumbers";
    private const string Campaigns = $"/v1/Services/{Service}/Compliance/Usa2p";
    private const string ProxyNumbers = $"/v1/Services/{ProxyService}/PhoneNumbers";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryRequestOfTheClient_IsDescribedByTwilio()
    {
        var messaging = Description(OpenApiDescription.Messaging);
        var proxy = Description(OpenApiDescription.Proxy);
        var api = Description(OpenApiDescription.Api);
        await using var twilio = LoopbackTwilio.Replying(Reply.Json(200, """
            {"sid":"X","services":[],"phone_numbers":[],"compliance":[]}
            """));
        await using var services = Client.Services();

        await CallMessagingAsync(services, twilio.Account);
        await CallProxyAsync(services, twilio.Account);
        await services.GetRequiredService<IAccountApi>().FetchAsync(twilio.Account, Cancelled);

        Assert.Equal(
            typeof(IMessagingServiceApi).GetMethods().Length + typeof(IProxyApi).GetMethods().Length + 3,
            twilio.Requests.Count);
        Assert.Empty(twilio.Requests.SelectMany(request => request.Path.Split("/v1", 2) switch
        {
            ["/messaging", var path] => messaging.CheckRequest(request.Method, $"/v1{path}", request.Parameters),
            ["/proxy", var path] => proxy.CheckRequest(request.Method, $"/v1{path}", request.Parameters),
            _ => api.CheckRequest(request.Method, request.Path, request.Parameters),
        }));
    }

    [Fact]
    public void EveryPropertyThatTheClientReads_IsDescribedByTwilio()
    {
        var messaging = Description(OpenApiDescription.Messaging);
        var proxy = Description(OpenApiDescription.Proxy);
        var json = TwilioJson.Default;

        AssertDescribed(json.MessagingService, messaging.ResponseProperties("POST", "/v1/Services", 201, null));
        AssertDescribed(json.MessagingServicePage, messaging.ResponseProperties("GET", "/v1/Services", 200, null));
        AssertDescribed(json.MessagingServiceNumber, messaging.ResponseProperties("POST", Numbers, 201, null));
        AssertDescribed(json.MessagingServiceNumberPage, messaging.ResponseProperties("GET", Numbers, 200, null));
        AssertDescribed(json.Campaign, messaging.ResponseProperties("GET", $"{Campaigns}/{Campaign}", 200, null));
        AssertDescribed(json.CampaignPage, messaging.ResponseProperties("GET", Campaigns, 200, null));
        AssertDescribed(json.ProxyService, proxy.ResponseProperties("POST", "/v1/Services", 201, null));
        AssertDescribed(json.ProxyServicePage, proxy.ResponseProperties("GET", "/v1/Services", 200, null));
        AssertDescribed(json.ProxyNumber, proxy.ResponseProperties("POST", ProxyNumbers, 201, null));
        AssertDescribed(json.ProxyNumberPage, proxy.ResponseProperties("GET", ProxyNumbers, 200, null));
    }

    [Theory]
    [InlineData(OpenApiDescription.Messaging, 10)]
    [InlineData(OpenApiDescription.Proxy, 4)]
    public void TwiliosExamples_AreReadByTheClient(string file, int atLeast)
    {
        var description = Description(file);
        var read = description.Examples()
            .Select(example => (example.Body, Type: TypeOf(file, example.Path, example.Body)))
            .Where(example => example.Type is not null)
            .Select(example => example.Body.Deserialize(example.Type!))
            .ToList();

        Assert.True(read.Count >= atLeast, $"only {read.Count} examples");
        Assert.DoesNotContain(null, read);
    }

    private static async Task CallMessagingAsync(ServiceProvider services, TwilioAccount account)
    {
        var settings = new MessagingServiceSettings
        {
            FriendlyName = "Sitters",
            InboundRequestUrl = new Uri("https://example.com/sms#rc=2"),
            FallbackUrl = new Uri("https://example.com/sms2"),
            StatusCallback = new Uri("https://example.com/status"),
            UseInboundWebhookOnNumber = true,
            StickySender = false,
            AreaCodeGeomatch = false,
            SmartEncoding = true,
            ValidityPeriod = TimeSpan.FromHours(1),
            Usecase = "discussion",
        };
        var api = services.GetRequiredService<IMessagingServiceApi>();
        await api.CreateServiceAsync(account, settings, Cancelled);
        await api.FetchServiceAsync(account, Service, Cancelled);
        await api.UpdateServiceAsync(account, Service, settings, Cancelled);
        await api.ListServicesAsync(account, Cancelled).ToListAsync(Cancelled);
        await api.AddNumberAsync(account, Service, Number, Cancelled);
        await api.FetchNumberAsync(account, Service, Number, Cancelled);
        await api.ListNumbersAsync(account, Service, Cancelled).ToListAsync(Cancelled);
        await api.RemoveNumberAsync(account, Service, Number, Cancelled);

        var registration = services.GetRequiredService<IRegistrationApi>();
        await registration.ListCampaignsAsync(account, Service, Cancelled).ToListAsync(Cancelled);
        await registration.FetchCampaignAsync(account, Service, Campaign, Cancelled);
    }

    private static async Task CallProxyAsync(ServiceProvider services, TwilioAccount account)
    {
        var settings = new ProxyServiceSettings
        {
            UniqueName = "sitters",
            DefaultTtl = TimeSpan.FromHours(1),
            CallbackUrl = new Uri("https://example.com/1"),
            InterceptCallbackUrl = new Uri("https://example.com/2"),
            OutOfSessionCallbackUrl = new Uri("https://example.com/3"),
            GeoMatchLevel = "country",
            NumberSelectionBehavior = "prefer-sticky",
        };
        var api = services.GetRequiredService<IProxyApi>();
        await api.CreateServiceAsync(account, settings, Cancelled);
        await api.FetchServiceAsync(account, ProxyService, Cancelled);
        await api.ListServicesAsync(account, Cancelled).ToListAsync(Cancelled);
        await api.AddNumberAsync(account, ProxyService, Number, true, Cancelled);
        await api.ListNumbersAsync(account, ProxyService, Cancelled).ToListAsync(Cancelled);
        await api.RemoveNumberAsync(account, ProxyService, Number, Cancelled);
        await api.DeleteServiceAsync(account, ProxyService, Cancelled);
    }

    private static OpenApiDescription Description(string file)
    {
        var description = OpenApiDescription.TryLoad(file, out var reason);
        Assert.SkipWhen(description is null, reason);
        return description;
    }

    private static void AssertDescribed(JsonTypeInfo type, IReadOnlySet<string> described)
    {
        Assert.NotEmpty(described);
        Assert.Subset(
            described.ToHashSet(),
            type.Properties.Where(property => property.Set is not null).Select(property => property.Name).ToHashSet());
    }

    private static JsonTypeInfo? TypeOf(string file, string path, JsonElement body) =>
        (file, path.Split('/')[^1], body.TryGetProperty("sid", out _)) switch
        {
            (OpenApiDescription.Messaging, "PhoneNumbers", false) => TwilioJson.Default.MessagingServiceNumberPage,
            (OpenApiDescription.Messaging, "PhoneNumbers", true) => TwilioJson.Default.MessagingServiceNumber,
            (OpenApiDescription.Messaging, "Services", false) => TwilioJson.Default.MessagingServicePage,
            (OpenApiDescription.Messaging, "Services", true) => TwilioJson.Default.MessagingService,
            (OpenApiDescription.Messaging, "Usa2p", false) => TwilioJson.Default.CampaignPage,
            (OpenApiDescription.Messaging, "Usa2p", true) => TwilioJson.Default.Campaign,
            (OpenApiDescription.Proxy, "PhoneNumbers", false) => TwilioJson.Default.ProxyNumberPage,
            (OpenApiDescription.Proxy, "PhoneNumbers", true) => TwilioJson.Default.ProxyNumber,
            (OpenApiDescription.Proxy, "Services", false) => TwilioJson.Default.ProxyServicePage,
            (OpenApiDescription.Proxy, "Services", true) => TwilioJson.Default.ProxyService,
            _ => null,
        };
}
