using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace PhoneMasking.Simulator.Tests.Mailbox;

public sealed class MailApiTests
{
    private const string Key = "simulator-mail-key";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mail_ThatIsTaken_IsListedAsItCame()
    {
        await using var host = await SimulatorHost.StartAsync();

        var (status, answer) = await SendAsync(host, Mail("Hello"), "key-1");

        Assert.Equal(HttpStatusCode.OK, status);
        var mail = Assert.Single((await host.GetAsync("/simulator/api/mails")).EnumerateArray());
        Assert.Equal(answer.GetProperty("id").GetString(), mail.GetProperty("id").GetString());
        Assert.Equal(
            ("Desk <desk@example.com>", "Hello", "In words", "<p>In words</p>", "key-1"),
            (Text(mail, "from"), Text(mail, "subject"), Text(mail, "text"), Text(mail, "html"), Text(mail, "idempotencyKey")));
        Assert.Equal("owner@example.com", Assert.Single(mail.GetProperty("to").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Mail_WithAKeyThatCameBefore_IsTheSameMail()
    {
        await using var host = await SimulatorHost.StartAsync();

        var (_, first) = await SendAsync(host, Mail("Hello"), "key-1");
        var (_, again) = await SendAsync(host, Mail("Hello"), "key-1");
        var (_, other) = await SendAsync(host, Mail("Hello"), "key-2");

        Assert.Equal(Text(first, "id"), Text(again, "id"));
        Assert.NotEqual(Text(first, "id"), Text(other, "id"));
        Assert.Equal(
            [2, 1],
            (await host.GetAsync("/simulator/api/mails")).EnumerateArray().Select(mail => mail.GetProperty("requests").GetInt32()));
    }

    [Fact]
    public async Task Mail_WithAKeyOfAnotherMail_IsAContradiction()
    {
        await using var host = await SimulatorHost.StartAsync();
        await SendAsync(host, Mail("Hello"), "key-1");

        var (status, error) = await SendAsync(host, Mail("Goodbye"), "key-1");

        Assert.Equal((HttpStatusCode.Conflict, "invalid_idempotent_request"), (status, Text(error, "name")));
    }

    [Theory]
    [InlineData("from", "missing_required_field")]
    [InlineData("to", "missing_required_field")]
    [InlineData("subject", "missing_required_field")]
    public async Task Mail_WithoutAField_IsRefusedNamingIt(string field, string name)
    {
        await using var host = await SimulatorHost.StartAsync();
        var mail = Mail("Hello");
        mail.Remove(field);

        var (status, error) = await SendAsync(host, mail, "key-1");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, name), (status, Text(error, "name")));
        Assert.Contains($"`{field}`", Text(error, "message"));
    }

    [Theory]
    [InlineData(null, 401, "missing_api_key")]
    [InlineData("another", 403, "invalid_api_key")]
    public async Task Mail_WithoutTheKey_IsRefused(string? key, int expected, string name)
    {
        await using var host = await SimulatorHost.StartAsync();

        var (status, error) = await SendAsync(host, Mail("Hello"), "key-1", key);

        Assert.Equal((expected, name), ((int)status, Text(error, "name")));
        Assert.Empty((await host.GetAsync("/simulator/api/mails")).EnumerateArray());
    }

    [Theory]
    [InlineData("e429", 429, "rate_limit_exceeded", 0)]
    [InlineData("e500", 500, "application_error", 0)]
    [InlineData("accept500", 500, "application_error", 1)]
    public async Task Fault_OfTheOperationMail_StrikesOnceAndKeepsOrDropsTheMail(
        string mode, int expected, string name, int kept)
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.FaultAsync(new { mode, operation = "mail", calls = 1, retryAfterSeconds = 7 });

        var (status, error) = await SendAsync(host, Mail("Hello"), "key-1");

        Assert.Equal((expected, name), ((int)status, Text(error, "name")));
        Assert.Equal(kept, (await host.GetAsync("/simulator/api/mails")).GetArrayLength());
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(host, Mail("Hello"), "key-1")).Status);
        Assert.Equal(1, (await host.GetAsync("/simulator/api/mails")).GetArrayLength());
    }

    [Fact]
    public async Task Fault_ThatLosesTheAnswer_KeepsTheMail()
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.FaultAsync(new { mode = "acceptReset", operation = "mail", calls = 1 });

        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(host, Mail("Hello"), "key-1"));

        Assert.Equal(1, (await host.GetAsync("/simulator/api/mails")).GetArrayLength());
    }

    [Fact]
    public async Task Mailbox_ReadFromAPlace_GivesWhatCameAfter()
    {
        await using var host = await SimulatorHost.StartAsync();
        await SendAsync(host, Mail("First"), null);
        await SendAsync(host, Mail("Second"), null);

        var rest = await host.GetAsync("/simulator/api/mails?after=1");

        Assert.Equal("Second", Text(Assert.Single(rest.EnumerateArray()), "subject"));
        using var emptied = await host.Http.DeleteAsync("/simulator/api/mails", Cancelled);
        Assert.Equal(0, (await host.GetAsync("/simulator/api/mails")).GetArrayLength());
    }

    [Fact]
    public async Task Log_AfterMails_HoldsNoAddressAndNoKey()
    {
        await using var host = await SimulatorHost.StartAsync();

        await SendAsync(host, Mail("Hello"), "key-1");

        Assert.DoesNotContain("owner@example.com", host.Log);
        Assert.DoesNotContain(Key, host.Log);
    }

    private static Dictionary<string, object> Mail(string subject) => new()
    {
        ["from"] = "Desk <desk@example.com>",
        ["to"] = new[] { "owner@example.com" },
        ["subject"] = subject,
        ["text"] = "In words",
        ["html"] = "<p>In words</p>",
    };

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(
        SimulatorHost host, object mail, string? idempotencyKey, string? key = Key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/emails") { Content = JsonContent.Create(mail) };
        request.Headers.Authorization = key is null ? new("None") : new AuthenticationHeaderValue("Bearer", key);
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        using var response = await host.Http.SendAsync(request, Cancelled);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled));
    }
}
