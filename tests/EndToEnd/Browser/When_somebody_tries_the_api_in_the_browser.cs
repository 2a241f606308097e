using System.Collections.Concurrent;
using Microsoft.Playwright;
using PhoneMasking.Browsing;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Browser;

/// <summary>The gateway's page of its API works although its policy allows nothing inline and nothing from elsewhere.</summary>
public sealed class When_somebody_tries_the_api_in_the_browser(ProductSystem product, Chromium chromium) : IAsyncLifetime
{
    private IBrowserContext? _window;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await Chromium.CloseAsync(_window);

    [Fact]
    public async Task Should_answer_there_without_a_complaint_of_the_browser()
    {
        _window = await chromium.OpenAsync();
        var page = await _window.NewPageAsync();
        var complaints = new ConcurrentQueue<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Enqueue(message.Text);
            }
        };
        page.PageError += (_, fault) => complaints.Enqueue(fault);

        var answer = await page.GotoAsync(new Uri(product.PublicUrl, "/docs").ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Authorize" }).First.ClickAsync();
        await page.Locator(".auth-container input").FillAsync(ServiceSettings.DevelopmentKey);
        await page.Locator(".auth-container button[type=submit]").ClickAsync();
        await page.Locator(".auth-btn-wrapper .btn-done").ClickAsync();
        var listing = page.Locator(".opblock-get").Filter(new() { Has = page.Locator("[data-path='/v1/sitters']") });
        await listing.Locator(".opblock-summary-control").ClickAsync();
        await listing.Locator(".try-out__btn").ClickAsync();
        await listing.Locator(".execute").ClickAsync();

        await Assertions.Expect(listing.Locator(".live-responses-table tbody .response-col_status")).ToHaveTextAsync("200");
        Assert.Contains("default-src 'none'", await answer!.HeaderValueAsync("content-security-policy"), StringComparison.Ordinal);
        Assert.True(complaints.IsEmpty, string.Join("\n", complaints));
    }
}
