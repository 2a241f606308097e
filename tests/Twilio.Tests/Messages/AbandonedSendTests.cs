using System.Net;
using System.Net.Sockets;
using System.Text;

using Microsoft.Extensions.DependencyInjection;

using PhoneMasking.Twilio.Messages;
using PhoneMasking.Twilio.Tests.Loopback;

namespace PhoneMasking.Twilio.Tests.Messages;

/// <summary>What was given up must not go out later: by then the list has been asked, and the text sent again.</summary>
public sealed class AbandonedSendTests
{
    private const int SmallestWindowBytes = 4096;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CreateMessage_TimedOutWhileNothingGotThrough_TheRestNeverArrives()
    {
        // A peer that takes in next to nothing until the send has been given up, as behind a network that is cut for a while.
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            ReceiveBufferSize = SmallestWindowBytes,
        };
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var account = new TwilioAccount(
            LoopbackTwilio.AccountSid,
            LoopbackTwilio.AuthToken,
            new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}"));
        await using var services = Client.Services(settings: ("RequestTimeout", "00:00:00.500"));
        var request = new SendRequest
        {
            From = "+13035550142",
            To = "+13035550143",
            Body = string.Concat(Enumerable.Repeat("🐕", 800)),
            MediaUrls = [.. Enumerable.Range(0, 10).Select(index => new Uri($"https://pictures.example/{new string('a', 20_000)}{index}"))],
            StatusCallback = new Uri("https://texts.example.com/last-of-the-form"),
        };

        var sending = services.GetRequiredService<ITwilioApi>().CreateMessageAsync(account, request, Token);
        using var connection = await listener.AcceptAsync(Token);
        Assert.IsType<SendOutcome.Unknown>(await sending);

        Assert.DoesNotContain("last-of-the-form", await ReadToEndAsync(connection), StringComparison.Ordinal);
    }

    private static async Task<string> ReadToEndAsync(Socket connection)
    {
        var received = new StringBuilder();
        var buffer = new byte[SmallestWindowBytes];
        try
        {
            while (await connection.ReceiveAsync(buffer, Token) is > 0 and var count)
            {
                received.Append(Encoding.ASCII.GetString(buffer, 0, count));
            }
        }
        catch (SocketException)
        {
            // Reset: nothing more will come.
        }

        return received.ToString();
    }
}
