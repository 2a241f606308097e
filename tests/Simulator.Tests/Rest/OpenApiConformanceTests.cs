using System.Net.Http.Json;
using System.Text.Json;
using PhoneMasking.TwilioOpenApi;

namespace PhoneMasking.Simulator.Tests.Rest;

/// <summary>Every successful answer is held against Twilio's own description of its API.</summary>
public sealed class OpenApiConformanceTests
{
    [Fact]
    public async Task Answers_OfEveryOperation_AreAsTwilioDescribesThem()
    {
        var description = OpenApiDescription.TryLoad(out var reason);
        Assert.SkipWhen(description is null, reason);
        await using var host = await SimulatorHost.StartAsync();
        await host.FaultAsync(new { mode = "undelivered", contains = "lost" });
        await host.TextAsync("inbound");
        var lost = await host.SendAsync("lost");
        await host.EventuallyAsync(
            $"/Messages/{lost}.json",
            one => one.GetProperty("status").GetString() == "undelivered");

        List<string> problems = [];
        var message = await CheckAsync(
            HttpMethod.Post,
            "/Messages.json",
            ("To", SimulatorHost.Dana),
            ("From", SimulatorHost.OwnNumber),
            ("MessagingServiceSid", "MG00000000000000000000000000000001"),
            ("Body", "x"));
        var path = $"/Messages/{message.GetProperty("sid").GetString()}.json";
        await host.EventuallyAsync(path, one => one.GetProperty("status").GetString() == "delivered");
        await CheckAsync(HttpMethod.Get, path);
        await CheckAsync(HttpMethod.Get, "/Messages.json");
        await CheckAsync(HttpMethod.Get, "/Messages.json?PageSize=1&Page=1");
        await CheckAsync(HttpMethod.Post, path, ("Body", ""));
        await CheckAsync(HttpMethod.Delete, path);
        await CheckAsync(HttpMethod.Get, "/AvailablePhoneNumbers/US/Local.json?AreaCode=303");
        await CheckAsync(HttpMethod.Get, "/AvailablePhoneNumbers/GB/Local.json?PageSize=1");
        var number = await CheckAsync(HttpMethod.Post, "/IncomingPhoneNumbers.json", ("AreaCode", "720"));
        var owned = $"/IncomingPhoneNumbers/{number.GetProperty("sid").GetString()}.json";
        await CheckAsync(HttpMethod.Get, owned);
        await CheckAsync(HttpMethod.Get, "/IncomingPhoneNumbers.json");
        await CheckAsync(HttpMethod.Post, owned, ("SmsUrl", "https://example.com/sms"));
        await CheckAsync(HttpMethod.Delete, owned);

        Assert.Empty(problems);

        async Task<JsonElement> CheckAsync(HttpMethod method, string call, params (string Name, string Value)[] form)
        {
            using var request = new HttpRequestMessage(method, SimulatorHost.Account + call)
            {
                Content = method == HttpMethod.Post
                    ? new FormUrlEncodedContent(form.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)))
                    : null,
            };
            using var response = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
            var body = method == HttpMethod.Delete
                ? (JsonElement?)null
                : await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
            problems.AddRange(description.CheckResponse(
                method.Method,
                SimulatorHost.Account + call.Split('?')[0],
                (int)response.StatusCode,
                body));
            return body ?? default;
        }
    }
}
