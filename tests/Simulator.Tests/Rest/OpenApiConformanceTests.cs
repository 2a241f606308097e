using System.Net.Http.Json;
using System.Text.Json;
using PhoneMasking.TwilioOpenApi;

namespace PhoneMasking.Simulator.Tests.Rest;

/// <summary>
/// Every successful answer is held against Twilio's own description of its APIs. Brands are missing in the part of the
/// description at hand.
/// </summary>
public sealed class OpenApiConformanceTests
{
    [Fact]
    public async Task Answers_OfTheAccountsApi_AreAsTwilioDescribesThem()
    {
        await using var check = await Check.StartAsync(OpenApiDescription.Api);
        var host = check.Host;
        await host.FaultAsync(new { mode = "undelivered", contains = "lost" });
        await host.TextAsync("inbound");
        var lost = await host.SendAsync("lost");
        await host.EventuallyAsync(
            $"/Messages/{lost}.json",
            one => one.GetProperty("status").GetString() == "undelivered");

        await check.CallAsync(HttpMethod.Get, $"{SimulatorHost.Account}.json");
        var message = await check.CallAsync(
            HttpMethod.Post,
            "/Messages.json",
            ("To", SimulatorHost.Dana),
            ("From", SimulatorHost.OwnNumber),
            ("MessagingServiceSid", "MG00000000000000000000000000000001"),
            ("Body", "x"));
        var path = $"/Messages/{message.GetProperty("sid").GetString()}.json";
        await host.EventuallyAsync(path, one => one.GetProperty("status").GetString() == "delivered");
        await check.CallAsync(HttpMethod.Get, path);
        await check.CallAsync(HttpMethod.Get, "/Messages.json");
        await check.CallAsync(HttpMethod.Get, "/Messages.json?PageSize=1&Page=1");
        await check.CallAsync(HttpMethod.Post, path, ("Body", ""));
        await check.CallAsync(HttpMethod.Delete, path);
        await check.CallAsync(HttpMethod.Get, "/AvailablePhoneNumbers/US/Local.json?AreaCode=303");
        await check.CallAsync(HttpMethod.Get, "/AvailablePhoneNumbers/GB/Local.json?PageSize=1");
        var number = await check.CallAsync(HttpMethod.Post, "/IncomingPhoneNumbers.json", ("AreaCode", "720"));
        var owned = $"/IncomingPhoneNumbers/{number.GetProperty("sid").GetString()}.json";
        await check.CallAsync(HttpMethod.Get, owned);
        await check.CallAsync(HttpMethod.Get, "/IncomingPhoneNumbers.json");
        await check.CallAsync(HttpMethod.Post, owned, ("SmsUrl", "https://example.com/sms"));
        await check.CallAsync(HttpMethod.Delete, owned);

        Assert.Empty(check.Problems);
    }

    [Fact]
    public async Task Answers_OfTheMessagingApi_AreAsTwilioDescribesThem()
    {
        await using var check = await Check.StartAsync(OpenApiDescription.Messaging);
        var number = await check.Host.BuyAsync("+17205550140");

        var service = await check.CallAsync(HttpMethod.Post, "/messaging/v1/Services", ("FriendlyName", "Sitters"));
        var path = $"/messaging/v1/Services/{service.GetProperty("sid").GetString()}";
        await check.CallAsync(HttpMethod.Get, path);
        await check.CallAsync(HttpMethod.Get, "/messaging/v1/Services?PageSize=1");
        await check.CallAsync(HttpMethod.Post, path, ("InboundRequestUrl", "https://example.com/sms"));
        await check.CallAsync(HttpMethod.Post, $"{path}/PhoneNumbers", ("PhoneNumberSid", number));
        await check.CallAsync(HttpMethod.Get, $"{path}/PhoneNumbers");
        await check.CallAsync(HttpMethod.Get, $"{path}/PhoneNumbers/{number}");
        var campaigns = await check.CallAsync(HttpMethod.Get, $"{path}/Compliance/Usa2p");
        var campaign = campaigns.GetProperty("compliance")[0].GetProperty("sid").GetString();
        await check.CallAsync(HttpMethod.Get, $"{path}/Compliance/Usa2p/{campaign}");
        await check.CallAsync(HttpMethod.Delete, $"{path}/PhoneNumbers/{number}");
        await check.CallAsync(HttpMethod.Delete, path);

        Assert.Empty(check.Problems);
    }

    [Fact]
    public async Task Answers_OfTheProxyApi_AreAsTwilioDescribesThem()
    {
        await using var check = await Check.StartAsync(
            OpenApiDescription.Proxy,
            ("Simulator:Proxy:IsAvailable", "true"));
        var number = await check.Host.BuyAsync("+17205550140");

        var service = await check.CallAsync(HttpMethod.Post, "/proxy/v1/Services", ("UniqueName", "sitters"));
        var path = $"/proxy/v1/Services/{service.GetProperty("sid").GetString()}";
        await check.CallAsync(HttpMethod.Get, path);
        await check.CallAsync(HttpMethod.Get, "/proxy/v1/Services");
        await check.CallAsync(HttpMethod.Post, $"{path}/PhoneNumbers", ("Sid", number), ("IsReserved", "true"));
        await check.CallAsync(HttpMethod.Get, $"{path}/PhoneNumbers");
        await check.CallAsync(HttpMethod.Get, $"{path}/PhoneNumbers/{number}");
        await check.CallAsync(HttpMethod.Post, $"{path}/PhoneNumbers/{number}", ("IsReserved", "false"));
        await check.CallAsync(HttpMethod.Delete, $"{path}/PhoneNumbers/{number}");
        await check.CallAsync(HttpMethod.Delete, path);

        Assert.Empty(check.Problems);
    }

    /// <summary>A simulator whose answers are compared with a description.</summary>
    private sealed class Check(OpenApiDescription description, SimulatorHost host) : IAsyncDisposable
    {
        public List<string> Problems { get; } = [];

        public SimulatorHost Host { get; } = host;

        public static async Task<Check> StartAsync(string file, params (string Key, string Value)[] settings)
        {
            var description = OpenApiDescription.TryLoad(file, out var reason);
            Assert.SkipWhen(description is null, reason);
            return new Check(description, await SimulatorHost.StartAsync(settings));
        }

        public async Task<JsonElement> CallAsync(
            HttpMethod method,
            string call,
            params (string Name, string Value)[] form)
        {
            using var request = new HttpRequestMessage(method, SimulatorHost.At(call))
            {
                Content = method == HttpMethod.Post
                    ? new FormUrlEncodedContent(form.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)))
                    : null,
            };
            using var response = await Host.Http.SendAsync(request, TestContext.Current.CancellationToken);
            var body = method == HttpMethod.Delete
                ? (JsonElement?)null
                : await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

            // Where messaging and Proxy have hosts of their own at Twilio, the simulator has paths.
            var path = SimulatorHost.At(call).Split('?')[0].Replace("/messaging/", "/").Replace("/proxy/", "/");
            Problems.AddRange(description.CheckResponse(method.Method, path, (int)response.StatusCode, body));
            return body ?? default;
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
