using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Extensions.Options;

namespace PhoneMasking.AlertService.Emails.Sending;

/// <summary>
/// Sends by SMTP. SMTP does not know an e-mail again, so what may have been taken is never sent twice.
/// </summary>
internal sealed class SmtpEmailSender(IOptions<EmailOptions> options) : IEmailSender
{
    // Replies from 400 on are refusals (RFC 5321, 4.2.1): the server has not taken the e-mail.
    private const int FirstRefusal = 400;

    private static readonly SocketError[] NotConnected =
    [
        SocketError.ConnectionRefused,
        SocketError.HostNotFound,
        SocketError.HostUnreachable,
        SocketError.NetworkUnreachable,
        SocketError.TryAgain,
        SocketError.NoData,
    ];

    public bool MayRepeat => false;

    public async Task<EmailOutcome> SendAsync(ClaimedEmail email, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        if (!await GreetsAsync(settings.Smtp, cancellationToken))
        {
            return new EmailOutcome.Refused("unreachable");
        }

        using var message = Compose(settings, email);
        using var client = new SmtpClient(settings.Smtp.Host, settings.Smtp.Port)
        {
            EnableSsl = settings.Smtp.StartTls,
            DeliveryFormat = SmtpDeliveryFormat.SevenBit,
            Credentials = string.IsNullOrEmpty(settings.Smtp.UserName)
                ? null
                : new NetworkCredential(settings.Smtp.UserName, settings.Smtp.Password),
        };
        try
        {
            // Not with the token: SmtpClient ends a cancelled send only when the server answers after all, or after 100 s. Leaving it
            // here disposes of the client, which closes the connection.
            await client.SendMailAsync(message, CancellationToken.None).WaitAsync(cancellationToken);
            return new EmailOutcome.Accepted(ProviderId: null);
        }
        catch (Exception failure) when (failure is SmtpException or AuthenticationException or OperationCanceledException
            or IOException or SocketException or InvalidOperationException)
        {
            return Read(failure, cancellationToken.IsCancellationRequested);
        }
    }

    /// <summary>
    /// Whether the server answers at all. SmtpClient does not tell a server that cannot be reached from one that fell silent
    /// after the last line, and the first is common: many hosts block SMTP.
    /// </summary>
    private static async Task<bool> GreetsAsync(SmtpEmailOptions smtp, CancellationToken cancellationToken)
    {
        try
        {
            using var connection = new TcpClient();
            await connection.ConnectAsync(smtp.Host!, smtp.Port, cancellationToken);
            await using var stream = connection.GetStream();
            using var reader = new StreamReader(stream, leaveOpen: true);
            var greeting = await reader.ReadLineAsync(cancellationToken);
            await stream.WriteAsync("QUIT\r\n"u8.ToArray(), cancellationToken);
            return greeting?.StartsWith('2') == true;
        }
        catch (Exception failure) when (failure is SocketException or IOException or OperationCanceledException)
        {
            return false;
        }
    }

    private static MailMessage Compose(EmailOptions settings, ClaimedEmail email)
    {
        var from = new MailAddress(settings.From!);
        var message = new MailMessage(from, new MailAddress(settings.Owner!))
        {
            Subject = email.Subject,
            SubjectEncoding = System.Text.Encoding.UTF8,
            Body = email.Text,
            BodyEncoding = System.Text.Encoding.UTF8,
            BodyTransferEncoding = TransferEncoding.Base64,
        };
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(
            email.Html, System.Text.Encoding.UTF8, MediaTypeNames.Text.Html));
        message.AlternateViews[0].TransferEncoding = TransferEncoding.Base64;
        message.Headers.Add("Message-ID", $"<{email.Id:N}@{from.Host}>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private static EmailOutcome Read(Exception failure, bool isTooLate)
    {
        if (failure is SmtpException { StatusCode: var status } && (int)status >= FirstRefusal)
        {
            return new EmailOutcome.Refused(string.Create(CultureInfo.InvariantCulture, $"smtp-{(int)status}"));
        }

        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case AuthenticationException:
                    return new EmailOutcome.Refused("smtp-tls");
                case SocketException socket when NotConnected.Contains(socket.SocketErrorCode):
                    return new EmailOutcome.Refused("unreachable");
            }
        }

        return new EmailOutcome.Unsure(isTooLate ? "timeout" : "connection-lost");
    }
}
