using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PhoneMasking.AppHost.Local;
using PhoneMasking.Browsing;
using PhoneMasking.Contracts;
using PhoneMasking.EndToEnd.Driving;
using PhoneMasking.EndToEnd.Judging;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Browser;

/// <summary>
/// Anybody can write to a sitter, and the owner reads it: markup in a text, a name or a status is text to the console, and
/// no page elsewhere can act in the owner's name.
/// </summary>
public sealed partial class When_a_text_attacks_the_console(ProductSystem product, Chromium chromium) : IAsyncLifetime
{
    private const string Script = "<script>window.struck=1</script>";
    private const string Image = "\"><img src=x onerror=\"window.struck=1\">";

    private readonly ServiceProcess _console = product.Console();
    private IBrowserContext? _window;

    private string Address => _console.Address!.GetLeftPart(UriPartial.Authority);

    public async ValueTask InitializeAsync() => await _console.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Chromium.CloseAsync(_window);
        await _console.DisposeAsync();
    }

    [Fact]
    public async Task Should_show_markup_as_text()
    {
        var sitter = await product.Town.AddSitterAsync();
        var name = $"Mallory {Image}{Script}";
        var client = await AddClientAsync(name);
        using var driver = new Driver(product);
        var first = Webhook.Of(driver.Run, 0, sitter, client, Script);
        var second = Webhook.Of(driver.Run, 1, sitter, client, Image);
        await driver.DriveAsync([first, second], perSecond: 100);
        await Judge.ExactlyOnceAsync(product, driver);
        var sid = (await Judge.RelayedAsync(product, driver))[0].Message.Sid;
        await ReportAsync(sid, Script);

        var page = await SignInAsync();
        await ShowsAsync(page, "/messages", first.Body, second.Body, name);
        await ShowsAsync(page, "/clients?search=Mallory", name);
        await ShowsAsync(page, "/sessions", name);
        await ShowsAsync(page, $"/audit?client={client.Id}");
        await ShowsAsync(page, $"/clients?search={Uri.EscapeDataString(Image + Script)}");
    }

    [Fact]
    public async Task Should_not_act_for_another_site()
    {
        var page = await SignInAsync();
        var context = page.Context;
        var name = $"Forged {Guid.CreateVersion7()}";
        var fields = new Dictionary<string, string>
        {
            ["_handler"] = "sitter",
            ["function"] = "add",
            ["name"] = name,
            ["phone"] = FictionNumbers.Next(),
            ["request"] = Guid.CreateVersion7().ToString(),
        };

        // With the owner's cookie, as a page of the same host could send it, but without the form's token.
        var form = context.APIRequest.CreateFormData();
        foreach (var (field, value) in fields)
        {
            form.Set(field, value);
        }

        var forged = await context.APIRequest.PostAsync(
            $"{Address}/sitters/form", new APIRequestContextOptions { Form = form, MaxRedirects = 0 });
        Assert.Equal(400, forged.Status);

        // From another site, where the browser leaves the cookie out.
        const string Elsewhere = "http://attacker.example/";
        var inputs = string.Concat(fields.Select(field => $"<input name=\"{field.Key}\" value=\"{field.Value}\">"));
        await page.RouteAsync(Elsewhere, route => route.FulfillAsync(new RouteFulfillOptions
        {
            ContentType = "text/html",
            Body = $"<form method=\"post\" action=\"{Address}/sitters/form\">{inputs}<button>Win a prize</button></form>",
        }));
        await page.GotoAsync(Elsewhere);
        var answer = await page.RunAndWaitForResponseAsync(
            () => page.GetByText("Win a prize").ClickAsync(), response => response.Request.Method == "POST");
        Assert.DoesNotContain("cookie", (await answer.Request.AllHeadersAsync()).Keys);
        Assert.InRange(answer.Status, 300, 499);

        await Judge.DrainedAsync(product);
        await using var bus = await BusClient.OpenAsync(product);
        var sitters = await bus.AskAsync<ListSitters, SitterPage>(new ListSitters(OrganisationId.Default, null, 200, name));
        Assert.Empty(sitters.Items);
    }

    private async Task<Client> AddClientAsync(string name)
    {
        var phone = FictionNumbers.Next();
        await using var bus = await BusClient.OpenAsync(product);
        var added = await bus.AskAsync<AddClient, ClientView>(
            new AddClient(OrganisationId.Default, Guid.CreateVersion7(), name, null, [phone]));
        await Until.QueryAsync(
            product, $"SELECT count(*) = 1 FROM gateway.client_numbers WHERE client_id = '{added.Id}'", "the client");
        return new Client(added.Id, name, phone);
    }

    // Twilio would not say such a thing, so the simulator does not either.
    private async Task ReportAsync(string sid, string status)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var report = Webhook.Signed(
            product,
            product.PublicUrl,
            "/webhooks/twilio/status",
            [new("AccountSid", ProductSystem.AccountSid), new("MessageSid", sid), new("MessageStatus", status)]);
        using var answer = await http.SendAsync(report, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode);
    }

    private async Task<IPage> SignInAsync()
    {
        string? link = null;
        await Until.TrueAsync(
            () => Task.FromResult((link = product.Output.LinesOf("console").Select(line => Link().Match(line))
                .LastOrDefault(match => match.Success)?.Groups[1].Value) is not null),
            "the console's link");
        _window = await chromium.OpenAsync();
        var page = await _window.NewPageAsync();
        await page.GotoAsync(link!);
        return page;
    }

    private async Task ShowsAsync(IPage page, string path, params string[] texts)
    {
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        IResponse? answer = null;
        await Until.TrueAsync(
            async () =>
            {
                answer = await page.GotoAsync(Address + path);
                return await page.GetByText("did not answer in time").CountAsync() == 0;
            },
            "the services to answer the console");
        Assert.Equal(200, answer!.Status);
        var policy = answer.Headers["content-security-policy"];
        Assert.Contains("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);

        foreach (var text in texts)
        {
            await Assertions.Expect(page.GetByRole(AriaRole.Main).GetByText(text).First).ToBeVisibleAsync();
        }

        Assert.Equal(0, await page.Locator("main script, main img, [onerror]").CountAsync());
        Assert.Null(await page.EvaluateAsync<int?>("window.struck ?? null"));
        Assert.Empty(complaints);
    }

    [GeneratedRegex(@"Console: open (\S+)")]
    private static partial Regex Link();
}
