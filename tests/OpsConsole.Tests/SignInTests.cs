using System.Net;
using Microsoft.Extensions.Options;
using PhoneMasking.OpsConsole.SignIn;
using PhoneMasking.OpsConsole.Tests.Hosting;
using PhoneMasking.TestServers;

namespace PhoneMasking.OpsConsole.Tests;

public sealed class SignInTests
{
    private const string Password = "correct horse battery";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/messages?session=1")]
    [InlineData("/live")]
    [InlineData("/nowhere")]
    public async Task AnyPage_NotSignedIn_LeadsToTheSignIn(string path)
    {
        await using var console = await ConsoleHost.StartAsync();
        using var visitor = console.Visitor();

        var answer = await visitor.GetAsync(path, Cancelled);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/sign-in", answer.Headers.Location!.AbsolutePath);
    }

    [Theory]
    [InlineData("/alive")]
    [InlineData("/health")]
    [InlineData("/sign-in")]
    [InlineData("/console.css")]
    [InlineData("/live.js")]
    [InlineData("/favicon.svg")]
    public async Task WhatEverybodyMaySee_NotSignedIn_IsShown(string path)
    {
        await using var console = await ConsoleHost.StartAsync();
        using var visitor = console.Visitor();

        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(path, Cancelled)).StatusCode);
    }

    [Fact]
    public async Task OneTimeLink_WorksOnce_AndItsCookieIsProtected()
    {
        await using var console = await ConsoleHost.StartAsync();
        using var first = console.Visitor();
        using var second = console.Visitor();
        var link = console.Link();

        var granted = await first.GetAsync(link, Cancelled);
        var refused = await second.GetAsync(link, Cancelled);

        Assert.Equal(HttpStatusCode.Redirect, granted.StatusCode);
        Assert.Equal("/", granted.Headers.Location!.OriginalString);
        var cookie = granted.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("phone-masking-console=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await first.GetAsync("/", Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await second.GetAsync("/", Cancelled)).StatusCode);
    }

    [Fact]
    public async Task OneTimeLink_AfterItsLifetime_IsRefused()
    {
        var clock = new FakeClock();
        await using var console = await ConsoleHost.StartAsync(clock: clock);
        using var visitor = console.Visitor();

        clock.Advance(TimeSpan.FromMinutes(31));

        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.GetAsync(console.Link(), Cancelled)).StatusCode);
    }

    [Fact]
    public async Task NewLink_AskedFor_IsPrintedAndEndsTheOneBefore()
    {
        await using var console = await ConsoleHost.StartAsync();
        using var visitor = console.Visitor();
        var before = console.Link();

        var page = await (await visitor.GetAsync("/sign-in", Cancelled)).Content.ReadAsStringAsync(Cancelled);
        var answer = await PostAsync(visitor, Html.FieldsOf(page, "Print a new link"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEqual(before, console.Link());
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.GetAsync(before, Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync(console.Link(), Cancelled)).StatusCode);
    }

    [Theory]
    [InlineData(Password)]
    [InlineData(null)]
    public async Task Password_RightOne_LeadsToThePageThatWasAskedFor(string? plain)
    {
        await using var console = await ProductionAsync(plain ?? PasswordHash.Of(Password).Write());
        using var visitor = console.Visitor();

        var answer = await TryPasswordAsync(visitor, Password, "/sign-in?returnUrl=%2Fsessions");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/sessions", answer.Headers.Location!.OriginalString);
        Assert.Contains(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.Contains("secure", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("/%09/evil.example/")]
    public async Task Password_RightOne_NeverLeadsToAnotherSite(string returnUrl)
    {
        await using var console = await ProductionAsync(Password);
        using var visitor = console.Visitor();

        var answer = await TryPasswordAsync(visitor, Password, "/sign-in?returnUrl=" + returnUrl.Replace(":", "%3A", StringComparison.Ordinal));

        Assert.Equal("/", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Password_WrongFiveTimes_HasToWaitEvenWithTheRightOne()
    {
        var clock = new FakeClock(DateTimeOffset.Parse("2026-11-21T12:00:00Z", null));
        await using var console = await ConsoleHost.StartAsync("Production", clock, ("Console:Password", Password));
        using var visitor = console.Visitor();

        for (var attempt = 0; attempt < 5; attempt++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await TryPasswordAsync(visitor, "wrong", "/sign-in")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await TryPasswordAsync(visitor, Password, "/sign-in")).StatusCode);

        clock.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal(HttpStatusCode.Redirect, (await TryPasswordAsync(visitor, Password, "/sign-in")).StatusCode);
        Assert.DoesNotContain(console.Log.Lines, line => line.Contains(Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Password_WithoutAntiforgeryToken_IsRefused()
    {
        await using var console = await ProductionAsync(Password);
        using var visitor = console.Visitor();

        var answer = await PostAsync(visitor, new() { ["_handler"] = "password", ["Password"] = Password });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task SignOut_EndsTheSignIn()
    {
        await using var console = await ConsoleHost.StartAsync(settings: ("Console:AnswerTimeout", "00:00:00.200"));
        using var owner = await console.OwnerAsync();
        var page = await (await owner.GetAsync("/sitters", Cancelled)).Content.ReadAsStringAsync(Cancelled);

        using var forged = new FormUrlEncodedContent([]);
        Assert.Equal(HttpStatusCode.BadRequest, (await owner.PostAsync("/sign-out", forged, Cancelled)).StatusCode);
        using var form = new FormUrlEncodedContent(Html.FieldsOf(page, "/sign-out"));
        await owner.PostAsync("/sign-out", form, Cancelled);

        Assert.Equal(HttpStatusCode.Redirect, (await owner.GetAsync("/sitters", Cancelled)).StatusCode);
    }

    [Theory]
    [InlineData("", "Console__Password")]
    [InlineData("short", "Console:Password")]
    [InlineData("pbkdf2-sha256$1$x$y", "Console:Password")]
    public async Task Start_OutsideDevelopmentWithoutAUsablePassword_FailsAndNamesTheSetting(string password, string named)
    {
        var failure = await Assert.ThrowsAnyAsync<OptionsValidationException>(() => ProductionAsync(password));

        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Console:SimulatorUrl", "javascript:alert(1)")]
    [InlineData("Console:AnswerTimeout", "00:10:00")]
    [InlineData("Console:LiveInterval", "00:00:00")]
    [InlineData("Console:LinkLifetime", "10.00:00:00")]
    public async Task Start_WithASettingOutOfRange_FailsAndNamesIt(string key, string value)
    {
        var failure = await Assert.ThrowsAnyAsync<OptionsValidationException>(
            () => ConsoleHost.StartAsync(settings: (key, value)));

        Assert.Contains(key.Split(':')[1], failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void HashPassword_ReadsALineAndWritesAHashThatMatches()
    {
        using var output = new StringWriter();

        PasswordHash.MakeFrom(new StringReader(Password + "\n"), output);

        var hash = PasswordHash.Read(output.ToString().Trim());
        Assert.True(hash!.Matches(Password));
        Assert.False(hash.Matches(Password + "!"));
    }

    private static Task<ConsoleHost> ProductionAsync(string password) =>
        ConsoleHost.StartAsync("Production", null, ("Console:Password", password));

    private static async Task<HttpResponseMessage> TryPasswordAsync(HttpClient visitor, string password, string path)
    {
        var page = await (await visitor.GetAsync(path, Cancelled)).Content.ReadAsStringAsync(Cancelled);
        var fields = Html.FieldsOf(page, "name=\"Password\"");
        fields["Password"] = password;
        return await PostAsync(visitor, fields, path);
    }

    private static async Task<HttpResponseMessage> PostAsync(
        HttpClient visitor, Dictionary<string, string> fields, string path = "/sign-in")
    {
        using var form = new FormUrlEncodedContent(fields);
        return await visitor.PostAsync(path, form, Cancelled);
    }
}
