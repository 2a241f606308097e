using System.Net;
using System.Text.RegularExpressions;
using PhoneMasking.AppHost.Local;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Privacy;

/// <summary>The owner looks at everything in the console, and makes mistakes.</summary>
internal sealed partial class OwnersVisit(ServiceProcess console, Func<IReadOnlyList<string>> output) : IDisposable
{
    private static readonly string[] Pages =
    [
        "/", "/messages", "/sessions", "/clients", "/sitters", "/numbers", "/utilization", "/audit", "/alerts", "/alerts/emails",
        "/alerts/templates", "/alerts/dead-letters", "/numbers/order", "/numbers/import", "/numbers/export", "/audit/export",
    ];

    private readonly HttpClient _browser = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = console.Address };

    /// <summary>Opens every page, searches, and orders what is refused.</summary>
    /// <param name="phone">A number, which the owner types where it belongs and where it does not.</param>
    public async Task PayAsync(string phone)
    {
        using (var outside = await GetAsync("/sign-in?token=wrong"))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, outside.StatusCode);
        }

        using (var inside = await GetAsync(await DoorAsync()))
        {
            Assert.Equal("/", inside.RequestMessage!.RequestUri!.AbsolutePath);
        }

        foreach (var page in Pages)
        {
            using var answer = await GetAsync(page);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{page} answered {(int)answer.StatusCode}.");
        }

        foreach (var address in new[] { $"/clients?search={phone}", $"/sitters?search={ProductOutput.BodyCanary}", $"/{phone}" })
        {
            using var answer = await GetAsync(address);
            Assert.NotEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
        }

        // Taken by another sitter.
        await SendFormAsync("/sitters/form", ("function", "add"), ("name", "Mallory"), ("phone", phone));
        await SendFormAsync("/numbers/import", ("text", $"{phone}\n{phone} {ProductOutput.BodyCanary}"), ("lifecycle", "nothing"));
    }

    public void Dispose() => _browser.Dispose();

    private Task<HttpResponseMessage> GetAsync(string address) =>
        _browser.GetAsync(new Uri(console.Address!, address), TestContext.Current.CancellationToken);

    private async Task<string> DoorAsync()
    {
        string? link = null;
        await Until.TrueAsync(
            () => Task.FromResult((link = output().Select(line => Link().Match(line))
                .LastOrDefault(match => match.Success)?.Groups[1].Value) is not null),
            "the console's link");
        return link!;
    }

    private async Task SendFormAsync(string page, params (string Name, string Value)[] typed)
    {
        using var form = await GetAsync(page);
        var hidden = Hidden().Matches(await form.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.NotEmpty(hidden);
        var fields = hidden.ToLookup(field => field.Groups["name"].Value, field => WebUtility.HtmlDecode(field.Groups["value"].Value))
            .ToDictionary(field => field.Key, field => field.First());
        foreach (var (name, value) in typed)
        {
            fields[name] = value;
        }

        using var content = new FormUrlEncodedContent(fields);
        using var answer = await _browser.PostAsync(new Uri(console.Address!, page), content, TestContext.Current.CancellationToken);

        // The page again, with what is wrong beside what was typed.
        Assert.Contains("Refused: ", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"Console: open (\S+)")]
    private static partial Regex Link();

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)""")]
    private static partial Regex Hidden();
}
