using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace PhoneMasking.Simulator.Tests.Mailbox;

public sealed class MailboxPageTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/mailbox", "text/html")]
    [InlineData("/mailbox/mailbox.js", "text/javascript")]
    [InlineData("/mailbox/mailbox.css", "text/css")]
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
    public async Task Html_OfAMail_IsShownWithoutScriptsAndRemoteContent()
    {
        await using var host = await SimulatorHost.StartAsync();
        var id = await SendAsync(host, "<p>Hello</p><script>alert(1)</script>");

        using var response = await host.Http.GetAsync($"/mailbox/mails/{id}/html", Cancelled);

        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("sandbox; default-src 'none'", policy);
        Assert.DoesNotContain("script-src", policy);
        Assert.DoesNotContain("http:", policy);
    }

    [Fact]
    public async Task Html_OfNoMail_IsNotFound()
    {
        await using var host = await SimulatorHost.StartAsync();

        using var response = await host.Http.GetAsync($"/mailbox/mails/{Guid.CreateVersion7()}/html", Cancelled);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task StartPage_LinksToTheMailbox()
    {
        await using var host = await SimulatorHost.StartAsync();

        Assert.Contains("href=\"/mailbox\"", await host.Http.GetStringAsync("/", Cancelled));
    }

    [Fact]
    public async Task Script_NeverWritesMarkup()
    {
        await using var host = await SimulatorHost.StartAsync();

        var script = await host.Http.GetStringAsync("/mailbox/mailbox.js", Cancelled);

        Assert.DoesNotContain("innerHTML", script);
        Assert.DoesNotContain("insertAdjacentHTML", script);
        Assert.DoesNotContain("srcdoc", script);
        Assert.Contains("sandbox=\"\"", await host.Http.GetStringAsync("/mailbox", Cancelled));
    }

    private static async Task<string?> SendAsync(SimulatorHost host, string html)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/emails")
        {
            Content = JsonContent.Create(new { from = "desk@example.com", to = "owner@example.com", subject = "Hello", html }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "simulator-mail-key");
        using var response = await host.Http.SendAsync(request, Cancelled);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("id").GetString();
    }
}
