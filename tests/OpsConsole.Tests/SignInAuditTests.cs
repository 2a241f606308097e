using System.Net;
using System.Text.RegularExpressions;
using PhoneMasking.Contracts;
using PhoneMasking.OpsConsole.Tests.Hosting;
using PhoneMasking.TestServers;

namespace PhoneMasking.OpsConsole.Tests;

/// <summary>The audit log is told who came in, who was turned away and who left, and no secret.</summary>
public sealed partial class SignInAuditTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";

    private ConsoleHost _console = null!;
    private AnsweringServices _services = null!;
    private HttpClient _visitor = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _console = await ConsoleHost.StartAsync(settings: ("Console:Password", Password));
        _services = await AnsweringServices.StartAsync(_console.Broker, Records.Sample(), Cancelled);
        _visitor = _console.Visitor();
    }

    public async ValueTask DisposeAsync()
    {
        _visitor.Dispose();
        await _services.DisposeAsync();
        await _console.DisposeAsync();
    }

    [Fact]
    public async Task WrongPasswordThenTheRightOneThenSignOut_AreToldWithUserAndAddress()
    {
        await TryAsync("wrong horse");
        await TryAsync(Password);
        var page = await _visitor.GetStringAsync("/sitters", Cancelled);
        using var form = new FormUrlEncodedContent(Html.FieldsOf(page, "/sign-out"));
        await _visitor.PostAsync("/sign-out", form, Cancelled);

        var told = await ToldAsync(3);
        Assert.Equal(
            [
                "ConsoleSignInRefused wrong-password: from loopback",
                "ConsoleSignedIn password: Owner from loopback",
                "ConsoleSignedOut : Owner from loopback",
            ],
            told.Select(Words));
        Assert.DoesNotContain(told, one => one.ToString()!.Contains("horse", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OneTimeLink_UsedTwice_IsToldAsASignInAndARefusal()
    {
        var link = _console.Link();
        await _visitor.GetAsync(link, Cancelled);
        await _visitor.GetAsync(link, Cancelled);

        var told = await ToldAsync(2);

        Assert.Equal(
            ["ConsoleSignedIn one-time-link: Owner from loopback", "ConsoleSignInRefused used-up-link: from loopback"],
            told.Select(Words));
        Assert.DoesNotContain(told, one => one.ToString()!.Contains(link.Query.Split('=')[1], StringComparison.Ordinal));
    }

    [Fact]
    public async Task ManyWrongPasswords_WhatFollowsTheLimitIsToldOnce()
    {
        for (var attempt = 0; attempt < 9; attempt++)
        {
            await TryAsync("wrong horse");
        }

        // The mark comes after all of them.
        await _visitor.GetAsync(_console.Link(), Cancelled);
        var told = await ToldAsync(7);

        Assert.Equal(
            [.. Enumerable.Repeat("wrong-password", 5), "too-many-attempts", "one-time-link"],
            told.Select(one => one.Reason));
    }

    private async Task<IAuditedEvent[]> ToldAsync(int count)
    {
        await Eventually.TrueAsync(
            () => Task.FromResult(_services.Told.Count >= count), $"{count} events for the audit log", Cancelled);

        // Each was confirmed before the next, but they are consumed side by side.
        return [.. _services.Told.OrderBy(one => one.OccurredAt)];
    }

    private static string Words(IAuditedEvent told) =>
        $"{told.GetType().Name} {told.Reason}: {Loopback().Replace(told.Details!, "loopback")}";

    private async Task TryAsync(string password)
    {
        var page = await _visitor.GetStringAsync("/sign-in", Cancelled);
        var fields = Html.FieldsOf(page, "name=\"Password\"");
        fields["Password"] = password;
        using var form = new FormUrlEncodedContent(fields);
        var answer = await _visitor.PostAsync("/sign-in", form, Cancelled);
        Assert.NotEqual(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [GeneratedRegex(@"127\.0\.0\.1|::1")]
    private static partial Regex Loopback();
}
