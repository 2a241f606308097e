using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PhoneMasking.Simulator.Messages;

namespace PhoneMasking.Simulator.Tests.Messages;

public sealed class MessageResourceTests
{
    [Fact]
    public async Task Create_Accepted_IsQueuedAndLaterDelivered()
    {
        await using var host = await SimulatorHost.StartAsync();

        var (status, created) = await host.PostAsync(
            "/Messages.json",
            ("To", SimulatorHost.Dana),
            ("From", SimulatorHost.OwnNumber),
            ("Body", "Hello"));

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal("queued", created.GetProperty("status").GetString());
        Assert.Equal("outbound-api", created.GetProperty("direction").GetString());
        Assert.StartsWith("SM", created.GetProperty("sid").GetString());
        var path = created.GetProperty("uri").GetString()!.Replace(SimulatorHost.Account, "");
        await host.EventuallyAsync(path, message => message.GetProperty("status").GetString() == "delivered");
    }

    [Fact]
    public async Task Create_DeliveredBeforeItIsAnswered_IsAnsweredAsQueued()
    {
        await using var host = await SimulatorHost.StartAsync();
        var order = new MessageOrder(
            SimulatorHost.Dana, SimulatorHost.OwnNumber, "Hello", Media: [], StatusCallback: null, MessagingServiceSid: null);

        var accepted = Assert.IsType<AcceptOutcome.Accepted>(
            host.Services.GetRequiredService<MessageDesk>().Accept(order));
        await host.EventuallyAsync(
            $"/Messages/{accepted.Message.Sid}.json",
            message => message.GetProperty("status").GetString() == "delivered");

        var answer = MessageView.Of(accepted.Message, accepted.State, SimulatorHost.AccountSid);
        Assert.Equal("queued", answer.Status);
        Assert.Null(answer.DateSent);
    }

    [Theory]
    [InlineData(21604, "", SimulatorHost.OwnNumber, "x")]
    [InlineData(21603, SimulatorHost.Dana, "", "x")]
    [InlineData(21602, SimulatorHost.Dana, SimulatorHost.OwnNumber, "")]
    [InlineData(21211, "+1303", SimulatorHost.OwnNumber, "x")]
    [InlineData(21211, "+1123" + "5550142", SimulatorHost.OwnNumber, "x")]
    [InlineData(21211, "anonymous", SimulatorHost.OwnNumber, "x")]
    [InlineData(21212, SimulatorHost.Dana, "nobody", "x")]
    [InlineData(21606, SimulatorHost.Dana, SimulatorHost.Sam, "x")]
    [InlineData(21266, SimulatorHost.OwnNumber, SimulatorHost.OwnNumber, "x")]
    public async Task Create_Wrong_IsRefusedWithTwiliosCode(int code, string to, string from, string body)
    {
        await using var host = await SimulatorHost.StartAsync();

        var (status, error) = await host.PostAsync("/Messages.json", ("To", to), ("From", from), ("Body", body));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(code, error.GetProperty("code").GetInt32());
        Assert.Equal(400, error.GetProperty("status").GetInt32());
        Assert.Equal($"https://www.twilio.com/docs/errors/{code}", error.GetProperty("more_info").GetString());
        Assert.NotEqual("", error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Create_1600Characters_AreAcceptedAndOneMoreIsNot()
    {
        await using var host = await SimulatorHost.StartAsync();

        await host.SendAsync(new string('x', 1600));
        var (_, error) = await host.PostAsync(
            "/Messages.json",
            ("To", SimulatorHost.Dana),
            ("From", SimulatorHost.OwnNumber),
            ("Body", new string('x', 1601)));

        Assert.Equal(21617, error.GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Create_WithJsonInsteadOfAForm_LacksARecipient()
    {
        await using var host = await SimulatorHost.StartAsync();

        using var response = await host.Http.PostAsJsonAsync(
            $"{SimulatorHost.Account}/Messages.json",
            new { To = SimulatorHost.Dana },
            TestContext.Current.CancellationToken);

        var error = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal(21604, error.GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Create_WithPicturesOnly_IsAnMms()
    {
        await using var host = await SimulatorHost.StartAsync();

        var (status, message) = await host.PostAsync(
            "/Messages.json",
            ("To", SimulatorHost.Dana),
            ("From", SimulatorHost.OwnNumber),
            ("MediaUrl", "https://example.com/1.png"),
            ("MediaUrl", "https://example.com/2.png"));

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.StartsWith("MM", message.GetProperty("sid").GetString());
        Assert.Equal("2", message.GetProperty("num_media").GetString());
    }

    [Theory]
    [InlineData("wrong", SimulatorHost.AccountSid)]
    [InlineData(SimulatorHost.AuthToken, "AC00000000000000000000000000000002")]
    public async Task Call_WithWrongCredentials_Is401WithCode20003(string token, string user)
    {
        await using var host = await SimulatorHost.StartAsync();
        host.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.ASCII.GetBytes($"{user}:{token}")));

        using var response = await host.Http.GetAsync(
            $"{SimulatorHost.Account}/Messages.json",
            TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        var error = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal(20003, error.GetProperty("code").GetInt32());
    }

    [Theory]
    [InlineData($"{SimulatorHost.Account}/Messages/SM00000000000000000000000000000000.json")]
    [InlineData($"{SimulatorHost.Account}/Calls.json")]
    [InlineData("/2010-04-01/Accounts/AC00000000000000000000000000000002/Messages.json")]
    public async Task Call_OfWhatIsNotThere_Is404WithCode20404(string path)
    {
        await using var host = await SimulatorHost.StartAsync();

        using var response = await host.Http.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        var error = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal(20404, error.GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task List_FollowingNextPage_GivesEachMessageOnceTheNewestFirst()
    {
        await using var host = await SimulatorHost.StartAsync();
        foreach (var number in Enumerable.Range(1, 5))
        {
            await host.SendAsync($"{number}");
        }

        List<string> bodies = [];
        var next = "/Messages.json?PageSize=2&From=" + Uri.EscapeDataString(SimulatorHost.OwnNumber);
        while (next is not null)
        {
            var page = await host.GetAsync(next);
            bodies.AddRange(page.GetProperty("messages").EnumerateArray()
                .Select(one => one.GetProperty("body").GetString()!));
            next = page.GetProperty("next_page_uri").GetString()?.Replace(SimulatorHost.Account, "");
            await host.SendAsync("arrived while paging", SimulatorHost.Sam);
        }

        Assert.Equal(["5", "4", "3", "2", "1"], bodies);
    }

    [Theory]
    [InlineData("DateSent%3E=2020-01-01", 1)]
    [InlineData("DateSent%3E=2099-01-01T00:00:00Z", 0)]
    [InlineData("DateSent%3C=2020-01-01", 0)]
    [InlineData("DateSent%3C=2099-01-01", 1)]
    [InlineData("DateSent=2020-01-01", 0)]
    public async Task List_ByDate_KeepsWhatWasSentThen(string filter, int count)
    {
        await using var host = await SimulatorHost.StartAsync(("Simulator:Messages:SentAfter", "00:10:00"));
        await host.SendAsync("still queued: found by its creation");

        var page = await host.GetAsync($"/Messages.json?{filter}");

        Assert.Equal(count, page.GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public async Task List_ByPair_LeavesOtherPairsOut()
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.SendAsync("to Dana");
        await host.SendAsync("to Sam", SimulatorHost.Sam);

        var page = await host.GetAsync(
            "/Messages.json?To=" + Uri.EscapeDataString(SimulatorHost.Sam)
            + "&From=" + Uri.EscapeDataString(SimulatorHost.OwnNumber));

        var only = Assert.Single(page.GetProperty("messages").EnumerateArray());
        Assert.Equal("to Sam", only.GetProperty("body").GetString());
    }

    [Fact]
    public async Task Update_WithEmptyBody_RedactsTheMessage()
    {
        await using var host = await SimulatorHost.StartAsync();
        var sid = await host.SendAsync("secret");

        var (status, message) = await host.PostAsync($"/Messages/{sid}.json", ("Body", ""));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("", message.GetProperty("body").GetString());
    }

    [Fact]
    public async Task Update_CancelingAQueuedMessage_KeepsItFromTheHandset()
    {
        await using var host = await SimulatorHost.StartAsync(("Simulator:Messages:SentAfter", "00:10:00"));
        var sid = await host.SendAsync("never mind");

        var (_, message) = await host.PostAsync($"/Messages/{sid}.json", ("Status", "canceled"));

        Assert.Equal("canceled", message.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Delete_BeforeTheEnd_Is409AndAfterwards204()
    {
        await using var host = await SimulatorHost.StartAsync(("Simulator:Messages:SentAfter", "00:10:00"));
        var sid = await host.SendAsync("x");
        var path = $"{SimulatorHost.Account}/Messages/{sid}.json";

        using var early = await host.Http.DeleteAsync(path, TestContext.Current.CancellationToken);
        await host.PostAsync($"/Messages/{sid}.json", ("Status", "canceled"));
        using var late = await host.Http.DeleteAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, late.StatusCode);
        Assert.Equal(0, (await host.GetAsync("/Messages.json")).GetProperty("messages").GetArrayLength());
    }
}
