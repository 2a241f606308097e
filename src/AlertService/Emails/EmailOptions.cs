using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.AlertService.Emails;

/// <summary>How e-mail leaves.</summary>
internal enum EmailSenderKind
{
    /// <summary>Not at all: e-mails are written and shown in the console only.</summary>
    None,

    /// <summary>By SMTP.</summary>
    Smtp,

    /// <summary>By an e-mail service's HTTPS API, in the form of Resend's.</summary>
    Https,
}

/// <summary>E-mails to the owner. Section <c>Email</c>.</summary>
internal sealed class EmailOptions
{
    public const string Section = "Email";

    /// <summary>How e-mail leaves. Default: None.</summary>
    public EmailSenderKind Sender { get; init; } = EmailSenderKind.None;

    /// <summary>The owner's address. Required unless <see cref="Sender"/> is None.</summary>
    public string? Owner { get; init; }

    /// <summary>The sender's address, also as <c>Name &lt;name@example.com&gt;</c>. Required unless <see cref="Sender"/> is None.</summary>
    public string? From { get; init; }

    /// <summary>The console's address, for the link in the e-mails. Default: no link.</summary>
    public Uri? ConsoleUrl { get; init; }

    /// <summary>A folder whose files take the place of the templates of the same name. Default: none.</summary>
    public string? TemplatesFolder { get; init; }

    /// <summary>The longest time of one attempt. Default: 15 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The wait before the second attempt; doubles with each, plus or minus a quarter. Default: 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest wait between two attempts. Default: 30 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "06:00:00")]
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// How long after its first attempt an e-mail is given up. Default: 20 hours. Not 24 or more: so long services remember
    /// an Idempotency-Key (Resend's documentation), and a repeat after that could be a second e-mail.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "23:00:00")]
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromHours(20);

    /// <summary>How often e-mails are looked for that fell due. Default: 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:05:00")]
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Least time between two e-mails about one sitter without a free pool number. Default: 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan PoolExhaustedInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long e-mails are kept that were sent or given up. Default: 90 days.</summary>
    [Range(typeof(TimeSpan), "30.00:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(90);

    /// <summary>The HTTPS API.</summary>
    [ValidateObjectMembers]
    public HttpsEmailOptions Https { get; init; } = new();

    /// <summary>The SMTP server.</summary>
    [ValidateObjectMembers]
    public SmtpEmailOptions Smtp { get; init; } = new();
}

/// <summary>An e-mail service's API. Section <c>Email:Https</c>.</summary>
internal sealed class HttpsEmailOptions
{
    /// <summary>Where <c>/emails</c> is. Default: Resend's API.</summary>
    [Required]
    public Uri BaseUrl { get; init; } = new("https://api.resend.com");

    /// <summary>The API's key. Secret.</summary>
    public string? ApiKey { get; init; }
}

/// <summary>An SMTP server. Section <c>Email:Smtp</c>.</summary>
internal sealed class SmtpEmailOptions
{
    /// <summary>The server's name.</summary>
    public string? Host { get; init; }

    /// <summary>Its port for submission. Default: 587. Port 465, which begins encrypted, is not supported.</summary>
    [Range(1, 65535)]
    public int Port { get; init; } = 587;

    /// <summary>Whether STARTTLS is demanded. Default: true.</summary>
    public bool StartTls { get; init; } = true;

    /// <summary>The name to sign in with. Default: no sign-in.</summary>
    public string? UserName { get; init; }

    /// <summary>The password. Secret.</summary>
    public string? Password { get; init; }
}

/// <summary>Checks the ranges of <see cref="EmailOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class EmailRangesValidator : IValidateOptions<EmailOptions>;
