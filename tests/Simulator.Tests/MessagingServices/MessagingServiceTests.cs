using System.Net;

namespace PhoneMasking.Simulator.Tests.MessagingServices;

public sealed class MessagingServiceTests
{
    [Fact]
    public async Task AddNumber_TwiceElsewhereAndUnknown_IsRefusedWithTwiliosCodes()
    {
        await using var host = await SimulatorHost.StartAsync();
        var number = await host.BuyAsync("+17205550140");
        var service = await host.CreateServiceAsync();
        var other = await host.CreateServiceAsync();

        var first = await AddAsync(host, service, number);
        var again = await AddAsync(host, service, number);
        var elsewhere = await AddAsync(host, other, number);
        var unknown = await AddAsync(host, service, "PN00000000000000000000000000000001");

        Assert.Equal(HttpStatusCode.Created, first.Status);
        Assert.Equal([21710, 21712, 20404], new[] { again, elsewhere, unknown }.Select(SimulatorHost.CodeOf));
    }

    [Fact]
    public async Task AddNumber_ToAFullService_IsRefused_UntilOneLeaves()
    {
        await using var host = await SimulatorHost.StartAsync(("Simulator:MessagingServices:MostNumbers", "1"));
        var first = await host.BuyAsync("+17205550140");
        var second = await host.BuyAsync("+17205550141");
        var service = await host.CreateServiceAsync();
        await AddAsync(host, service, first);

        Assert.Equal(21714, SimulatorHost.CodeOf(await AddAsync(host, service, second)));
        Assert.Equal(HttpStatusCode.NoContent, await host.DeleteAsync($"{service}/PhoneNumbers/{first}"));
        Assert.Equal(HttpStatusCode.NotFound, await host.DeleteAsync($"{service}/PhoneNumbers/{first}"));
        Assert.Equal(HttpStatusCode.Created, (await AddAsync(host, service, second)).Status);
        await host.ControlAsync(HttpMethod.Put, "/messaging-services", new { mostNumbers = 2 });
        Assert.Equal(HttpStatusCode.Created, (await AddAsync(host, service, first)).Status);
    }

    [Fact]
    public async Task AddNumber_ThatCannotText_IsRefused()
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.ControlAsync(HttpMethod.Post, "/numbers", new { number = "+17205550140", canText = false });
        var list = await host.GetAsync("/IncomingPhoneNumbers.json?PhoneNumber=%2B17205550140");
        var number = list.GetProperty("incoming_phone_numbers")[0];

        var answer = await AddAsync(host, await host.CreateServiceAsync(), number.GetProperty("sid").GetString()!);

        Assert.False(number.GetProperty("capabilities").GetProperty("sms").GetBoolean());
        Assert.Equal(21715, SimulatorHost.CodeOf(answer));
    }

    [Fact]
    public async Task Numbers_InPages_AreGivenOnceEach_ReleasedOnesLeave()
    {
        await using var host = await SimulatorHost.StartAsync();
        var service = await host.CreateServiceAsync();
        List<string> sids = [];
        foreach (var line in Enumerable.Range(140, 5))
        {
            sids.Add(await host.BuyAsync($"+172055501{line - 100}"));
            await AddAsync(host, service, sids[^1]);
        }

        await host.DeleteAsync($"/IncomingPhoneNumbers/{sids[0]}.json");

        List<string> listed = [];
        var next = $"{service}/PhoneNumbers?PageSize=2";
        while (next is not null)
        {
            var page = await host.GetAsync(next);
            listed.AddRange(page.GetProperty("phone_numbers").EnumerateArray()
                .Select(one => one.GetProperty("sid").GetString()!));
            next = page.GetProperty("meta").GetProperty("next_page_url").GetString() is { } url
                ? new Uri(url).PathAndQuery
                : null;
        }

        Assert.Equal(sids[1..].Order(), listed.Order());
    }

    [Fact]
    public async Task Inbound_GoesToTheService_UnlessItDefersToTheNumber()
    {
        await using var host = await SimulatorHost.StartAsync();
        var list = await host.GetAsync("/IncomingPhoneNumbers.json");
        var number = list.GetProperty("incoming_phone_numbers")[0].GetProperty("sid").GetString()!;
        var service = await host.CreateServiceAsync(("InboundRequestUrl", $"{host.Receiver.Url}/service"));
        await AddAsync(host, service, number);

        await host.TextAsync("to the service");
        var atService = await host.Receiver.NextAsync();
        await host.PostAsync(service, ("UseInboundWebhookOnNumber", "true"));
        await host.TextAsync("to the number");
        var atNumber = await host.Receiver.NextAsync();
        await host.PostAsync(service, ("UseInboundWebhookOnNumber", "false"), ("InboundRequestUrl", ""));
        var dropped = await host.TextAsync("to nobody");

        Assert.Equal(("/service", "/sms"), (atService.Path, atNumber.Path));
        Assert.Equal(service.Split('/')[^1], atService["MessagingServiceSid"]);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, dropped.GetProperty("webhookStatus").ValueKind);
    }

    [Fact]
    public async Task Send_ByAService_TakesItsSender_AndItsStatusCallback()
    {
        await using var host = await SimulatorHost.StartAsync();
        var service = await host.CreateServiceAsync(("StatusCallback", $"{host.Receiver.Url}/of-service"));
        var sid = service.Split('/')[^1];

        var empty = await SendAsync();
        await AddAsync(host, service, await host.BuyAsync("+17205550140"));
        var sent = await SendAsync();

        Assert.Equal(21703, SimulatorHost.CodeOf(empty));
        Assert.Equal("+17205550140", sent.Body.GetProperty("from").GetString());
        Assert.Equal("/of-service", (await host.Receiver.NextAsync()).Path);

        Task<(HttpStatusCode Status, System.Text.Json.JsonElement Body)> SendAsync() => host.PostAsync(
            "/Messages.json", ("To", SimulatorHost.Dana), ("MessagingServiceSid", sid), ("Body", "x"));
    }

    [Theory]
    [InlineData("FriendlyName", "")]
    [InlineData("ValidityPeriod", "36001")]
    public async Task Create_OfWhatCannotBe_IsRefused(string name, string value)
    {
        await using var host = await SimulatorHost.StartAsync();

        var answer = name == "FriendlyName"
            ? await host.PostAsync("/messaging/v1/Services", (name, value))
            : await host.PostAsync("/messaging/v1/Services", ("FriendlyName", "x"), (name, value));

        Assert.Equal((HttpStatusCode.BadRequest, 20001), (answer.Status, SimulatorHost.CodeOf(answer)));
    }

    private static Task<(HttpStatusCode Status, System.Text.Json.JsonElement Body)> AddAsync(
        SimulatorHost host,
        string service,
        string numberSid) => host.PostAsync($"{service}/PhoneNumbers", ("PhoneNumberSid", numberSid));
}
