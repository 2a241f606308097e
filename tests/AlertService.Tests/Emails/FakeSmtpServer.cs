using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace PhoneMasking.AlertService.Tests.Emails;

/// <summary>What an SMTP server does with what it gets.</summary>
internal enum SmtpManners
{
    /// <summary>Takes the e-mail.</summary>
    Takes,

    /// <summary>Refuses the receiver for good.</summary>
    RefusesReceiver,

    /// <summary>Refuses the e-mail for now once it has it.</summary>
    RefusesContent,

    /// <summary>Takes the e-mail and cuts the connection instead of saying so.</summary>
    TakesAndCuts,

    /// <summary>Takes the e-mail and says nothing.</summary>
    TakesAndHangs,

    /// <summary>Does not even greet.</summary>
    Silent,
}

/// <summary>A mail server on loopback that behaves as told.</summary>
internal sealed partial class FakeSmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    public FakeSmtpServer(SmtpManners manners)
    {
        Manners = manners;
        _listener.Start();
        _serving = ServeAsync();
    }

    public SmtpManners Manners { get; set; }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The e-mails that it got whole, headers and all.</summary>
    public ConcurrentQueue<string> Mails { get; } = [];

    /// <summary>The parts of an e-mail, decoded.</summary>
    public static string[] Parts(string mail) =>
        [.. Base64.Matches(mail).Select(match => Encoding.UTF8.GetString(Convert.FromBase64String(match.Groups[1].Value)))];

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            var connection = await _listener.AcceptTcpClientAsync(_end.Token);
            _ = TalkAsync(connection).ContinueWith(_ => connection.Dispose(), TaskScheduler.Default);
        }
    }

    private async Task TalkAsync(TcpClient connection)
    {
        await using var stream = connection.GetStream();
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true)
        {
            NewLine = "\r\n",
            AutoFlush = true,
        };
        if (Manners == SmtpManners.Silent)
        {
            await Task.Delay(Timeout.Infinite, _end.Token);
        }

        await writer.WriteLineAsync("220 mail.example.com");
        while (await reader.ReadLineAsync(_end.Token) is { } line)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            if (verb == "DATA")
            {
                await writer.WriteLineAsync("354 go ahead");
                if (!await TakeAsync(reader, writer))
                {
                    return;
                }

                continue;
            }

            await writer.WriteLineAsync(verb switch
            {
                "RCPT" when Manners == SmtpManners.RefusesReceiver => "550 no such mailbox",
                "QUIT" => "221 bye",
                _ => "250 ok",
            });
        }
    }

    private async Task<bool> TakeAsync(StreamReader reader, StreamWriter writer)
    {
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync(_end.Token) is { } line && line != ".")
        {
            mail.Append(line).Append('\n');
        }

        if (Manners == SmtpManners.RefusesContent)
        {
            await writer.WriteLineAsync("451 try later");
            return true;
        }

        Mails.Enqueue(mail.ToString());
        switch (Manners)
        {
            case SmtpManners.TakesAndCuts:
                return false;
            case SmtpManners.TakesAndHangs:
                await Task.Delay(Timeout.Infinite, _end.Token);
                return false;
            default:
                await writer.WriteLineAsync("250 taken");
                return true;
        }
    }

    [GeneratedRegex(@"base64\n(?:[^\n]+\n)*\n([A-Za-z0-9+/=\n]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Base64 { get; }
}
