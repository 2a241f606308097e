using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace PhoneMasking.Simulator.Tests.Phones;

public sealed class PhonesPageTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/phones/phones.js", "text/javascript")]
    [InlineData("/phones/phone.js", "text/javascript")]
    [InlineData("/phones/api.js", "text/javascript")]
    [InlineData("/phones/phones.css", "text/css")]
    [InlineData("/phones/icon.svg", "image/svg+xml")]
    public async Task Files_OfThePage_AreServedWithAStrictPolicy(string path, string type)
    {
        await using var host = await SimulatorHost.StartAsync();

        using var response = await host.Http.GetAsync(path, Cancelled);

        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
    }

    [Fact]
    public async Task Page_HasNoInlineScriptOrStyleAndNoOutsideAddress()
    {
        await using var host = await SimulatorHost.StartAsync();

        var html = await host.Http.GetStringAsync("/", Cancelled);

        Assert.DoesNotContain("<style", html);
        Assert.DoesNotContain("style=", html);
        Assert.DoesNotContain("onclick", html);
        Assert.DoesNotContain("http", html);
    }

    [Fact]
    public async Task Script_NeverWritesMarkup()
    {
        await using var host = await SimulatorHost.StartAsync();

        var script = await host.Http.GetStringAsync("/phones/phone.js", Cancelled)
            + await host.Http.GetStringAsync("/phones/phones.js", Cancelled);

        Assert.DoesNotContain("innerHTML", script);
        Assert.DoesNotContain("insertAdjacentHTML", script);
        Assert.DoesNotContain("document.write", script);
    }

    [Fact]
    public async Task Threads_OfAPerson_AreByTheNumberTheirPhoneSees()
    {
        await using var host = await SimulatorHost.StartAsync();
        host.Receiver.Answer("/sms", 503);
        await host.TextAsync("not taken");
        host.Receiver.Answer("/sms", 204);
        await host.TextAsync("taken");
        await host.SendAsync("answer");
        await host.SendAsync("not for Dana", SimulatorHost.Sam);
        await host.EventuallyAsync("/simulator/api/deliveries", list => list.GetArrayLength() == 2);

        var threads = await host.GetAsync("/simulator/api/people/dana-whitfield/threads");

        var thread = Assert.Single(threads.EnumerateArray());
        Assert.Equal(SimulatorHost.OwnNumber, thread.GetProperty("number").GetString());
        Assert.Equal("(303) 555-0100", thread.GetProperty("title").GetString());
        Assert.Equal(
            [("not taken", true, "failed"), ("taken", true, "delivered"), ("answer", false, "received")],
            thread.GetProperty("messages").EnumerateArray().Select(one => (
                one.GetProperty("body").GetString()!,
                one.GetProperty("isOut").GetBoolean(),
                one.GetProperty("status").GetString()!)));
    }

    [Fact]
    public async Task Events_OfAnOpenPhone_TellOfItsMessagesOnly()
    {
        await using var host = await SimulatorHost.StartAsync();
        await using var stream = await host.Http.GetStreamAsync(
            "/simulator/api/phones/events?phones=dana-whitfield",
            Cancelled);
        var events = SseParser.Create(stream).EnumerateAsync(Cancelled).GetAsyncEnumerator(Cancelled);
        await events.MoveNextAsync();
        Assert.Equal("ready", events.Current.EventType);

        await host.SendAsync("not for Dana", SimulatorHost.Sam);
        await host.SendAsync("for Dana");
        await events.MoveNextAsync();

        Assert.Equal("message", events.Current.EventType);
        var news = JsonSerializer.Deserialize<JsonElement>(events.Current.Data);
        Assert.Equal("dana-whitfield", news.GetProperty("person").GetString());
        Assert.Equal("for Dana", news.GetProperty("message").GetProperty("body").GetString());
        Assert.DoesNotContain(SimulatorHost.Sam, events.Current.Data);
    }

    [Fact]
    public async Task Picture_SentFromAPhone_CanBeFetchedAtItsAddress()
    {
        await using var host = await SimulatorHost.StartAsync();
        byte[] bytes = [137, 80, 78, 71];

        using var taken = await host.Http.PostAsync("/simulator/api/pictures", Picture(bytes, "image/png"), Cancelled);
        var url = (await taken.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("url").GetString();

        Assert.EndsWith(".png", url);
        Assert.Equal(bytes, await host.Http.GetByteArrayAsync(url, Cancelled));
    }

    [Theory]
    [InlineData("text/html", 10)]
    [InlineData("image/svg+xml", 10)]
    [InlineData("image/png", 1_048_577)]
    [InlineData("image/png", 0)]
    public async Task Picture_OfAnotherKindOrTooLarge_IsRefused(string type, int length)
    {
        await using var host = await SimulatorHost.StartAsync();

        using var response = await host.Http.PostAsync(
            "/simulator/api/pictures",
            Picture(new byte[length], type),
            Cancelled);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task Person_AddedTwice_KeepsTheirId()
    {
        await using var host = await SimulatorHost.StartAsync();

        var first = await AddAsync("Lee Ökafor!", "+13035550143");
        var again = await AddAsync("Other", "+13035550143");
        var same = await AddAsync("Lee Ökafor", "+13035550144");

        Assert.Equal("lee-kafor", first.GetProperty("id").GetString());
        Assert.Equal("lee-kafor", again.GetProperty("id").GetString());
        Assert.Equal("lee-kafor-2", same.GetProperty("id").GetString());

        Task<JsonElement> AddAsync(string name, string number) =>
            host.ControlAsync(HttpMethod.Post, "/people", new { name, number });
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task Health_IsAnsweredWithItsStatus(string path)
    {
        await using var host = await SimulatorHost.StartAsync();

        var health = await host.Http.GetFromJsonAsync<JsonElement>(path, Cancelled);

        Assert.Equal("Healthy", health.GetProperty("status").GetString());
    }

    private static ByteArrayContent Picture(byte[] bytes, string type)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }
}
