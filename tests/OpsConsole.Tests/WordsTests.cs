using System.Net;
using PhoneMasking.OpsConsole.Audit;
using PhoneMasking.OpsConsole.Tests.Hosting;

namespace PhoneMasking.OpsConsole.Tests;

public sealed class WordsTests : IAsyncLifetime
{
    private RunningConsole _console = null!;

    public async ValueTask InitializeAsync() => _console = await RunningConsole.StartAsync();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Theory]
    [InlineData("not-relayed", true, "stranger-on-pool-number", "Only sitters can write to a pool number")]
    [InlineData("not-relayed", true, "a-reason-of-tomorrow", "A reason of tomorrow")]
    [InlineData("undelivered", false, "30007", "Twilio error 30007")]
    public async Task Text_ThatDidNotArrive_SaysWhyInWords(string state, bool inbound, string reason, string words)
    {
        var session = _console.Records.AllSessions.First();
        _console.Records.AddMessage(session, inbound, "+13035550171", "+13035550151", "Hello", state, text => text with { Reason = reason });

        var page = await _console.ReadAsync("/messages");

        Assert.Contains($">{words}<", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_OfNoSession_SaysSo_AndARetryIsMarked()
    {
        var session = _console.Records.AllSessions.First();
        var first = _console.Records.AddMessage(
            session, true, "+17205550173", "+13035550131", "STOP", "not-relayed", text => text with { SessionId = null, SitterName = null, ClientName = null });
        _console.Records.AddMessage(session, false, "+13035550151", "+13035550111", "Hello", "sent", text => text with { RetryOf = first.Id });

        var page = await _console.ReadAsync("/messages");

        Assert.Contains("in no session", page, StringComparison.Ordinal);
        Assert.Contains("Sent again after a failure", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_ThatIsClosed_SaysWhyInWords() =>
        Assert.Contains("nobody wrote for long", await _console.ReadAsync("/sessions?show=all"), StringComparison.Ordinal);

    [Fact]
    public async Task Template_IsHeadedByWhenItIsSent() =>
        Assert.Contains("<h1>A sitter was added and has a number</h1>", await _console.ReadAsync("/alerts/templates/sitter-added"), StringComparison.Ordinal);

    [Theory]
    [InlineData("/sitters/01a2002b-bbcc-7664-b618-ebc7ece85f73/remove")]
    [InlineData("/numbers/01a2002b-bbcc-7664-b618-ebc7ece85f73/retire")]
    public async Task Question_AboutWhatIsNotThere_IsNotAsked(string path)
    {
        var (status, page) = await _console.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("There is nothing here", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ApiKeyCreated", "API key created")]
    [InlineData("EmailSent", "E-mail sent")]
    [InlineData("SessionOpened", "Session opened")]
    public void Event_ReadsAsWords(string name, string words) => Assert.Equal(words, EventWords.Of(name));

    [Theory]
    [InlineData("opted-out", "opted out")]
    [InlineData("undelivered-30007", "undelivered 30007")]
    [InlineData("StandbyReserved, Ready", "Standby reserved, Ready")]
    [InlineData("one-time-link", "by a one-time link")]
    [InlineData("Owner from 127.0.0.1", "Owner from 127.0.0.1")]
    [InlineData("RouteConversations of proxy-gateway.route", "RouteConversations of proxy-gateway.route")]
    [InlineData(null, null)]
    public void Why_ReadsAsWords(string? why, string? words) => Assert.Equal(words, EventWords.Why(why));
}
