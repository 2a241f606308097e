using System.Net.Mail;
using Microsoft.Extensions.Options;
using PhoneMasking.AlertService.Emails.Writing;

namespace PhoneMasking.AlertService.Emails;

/// <summary>Checks at start what one setting alone does not tell, and the templates. No message repeats a secret or an address.</summary>
internal sealed class EmailOptionsValidator : IValidateOptions<EmailOptions>
{
    public ValidateOptionsResult Validate(string? name, EmailOptions options)
    {
        List<string> failures = [.. Templates(options), .. ConsoleUrl(options)];
        if (options.Sender != EmailSenderKind.None)
        {
            failures.AddRange(Addresses(options));
        }

        failures.AddRange(options.Sender switch
        {
            EmailSenderKind.Https => Https(options.Https),
            EmailSenderKind.Smtp => Smtp(options.Smtp),
            EmailSenderKind.None => [],
            _ => ["Email:Sender must be None, Smtp or Https."],
        });
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Templates(EmailOptions options)
    {
        EmailTemplates.Load(options.TemplatesFolder, out var problems);
        return problems.Select(problem => $"Email:TemplatesFolder: {problem}.");
    }

    private static IEnumerable<string> ConsoleUrl(EmailOptions options)
    {
        if (options.ConsoleUrl is { } url && !IsWeb(url))
        {
            yield return "Email:ConsoleUrl must be an address such as https://console.example.com.";
        }
    }

    private static IEnumerable<string> Addresses(EmailOptions options)
    {
        if (!IsAddress(options.Owner))
        {
            yield return "Email:Owner must be the owner's e-mail address, as owner@example.com.";
        }

        if (!IsAddress(options.From))
        {
            yield return "Email:From must be the sender's e-mail address, as Name <name@example.com>.";
        }
    }

    private static IEnumerable<string> Https(HttpsEmailOptions https)
    {
        if (string.IsNullOrWhiteSpace(https.ApiKey) || https.ApiKey.Any(character => character is < '!' or > '~'))
        {
            yield return "Email:Https:ApiKey must be the key to the e-mail service's API.";
        }

        // The key goes with every request: in clear only to this machine.
        if (!IsWeb(https.BaseUrl) || (https.BaseUrl.Scheme != Uri.UriSchemeHttps && !https.BaseUrl.IsLoopback))
        {
            yield return "Email:Https:BaseUrl must be an https address, such as https://api.resend.com.";
        }
    }

    private static IEnumerable<string> Smtp(SmtpEmailOptions smtp)
    {
        if (Uri.CheckHostName(smtp.Host) == UriHostNameType.Unknown)
        {
            yield return "Email:Smtp:Host must be the mail server's name.";
        }

        if (string.IsNullOrEmpty(smtp.UserName) != string.IsNullOrEmpty(smtp.Password))
        {
            yield return "Email:Smtp:UserName and Email:Smtp:Password must be given together or not at all.";
        }

        if (!smtp.StartTls && !string.IsNullOrEmpty(smtp.Password))
        {
            yield return "Email:Smtp:StartTls must be true when there is a password: it would cross the network in clear.";
        }
    }

    private static bool IsWeb(Uri? url) =>
        url is { IsAbsoluteUri: true } && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp);

    private static bool IsAddress(string? text) =>
        text is not null && !text.Any(char.IsControl) && MailAddress.TryCreate(text, out _);
}
