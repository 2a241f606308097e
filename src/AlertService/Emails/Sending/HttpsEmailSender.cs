using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace PhoneMasking.AlertService.Emails.Sending;

/// <summary>
/// Sends by an e-mail service's HTTPS API, in Resend's form: <c>POST /emails</c> with an <c>Idempotency-Key</c>. A repeat
/// within 24 hours is answered like the first request and sends nothing more.
/// </summary>
internal sealed class HttpsEmailSender(HttpClient http, IOptions<EmailOptions> options, TimeProvider clock) : IEmailSender
{
    // Resend answers 409 with one of two names: another request with this key is under way, or this key was used for
    // another e-mail, so the first one was taken and this one is not the same.
    private const string UsedForAnother = "invalid_idempotent_request";

    private const int LongestId = 200;

    public bool MayRepeat => true;

    public async Task<EmailOutcome> SendAsync(ClaimedEmail email, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(settings.Https.BaseUrl))
        {
            Content = JsonContent.Create(
                new ResendEmail(settings.From!, [settings.Owner!], email.Subject, email.Text, email.Html)),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.Https.ApiKey);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("PhoneMasking", "1.0"));
        request.Headers.Add("Idempotency-Key", $"owner-email/{email.Id}");
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            return Read(response, body);
        }
        catch (OperationCanceledException)
        {
            return new EmailOutcome.Unsure("timeout");
        }
        catch (SocketException)
        {
            // HttpClient lets it through when a connection is reset in the moment that it is made (seen with .NET 10).
            return new EmailOutcome.Refused("unreachable");
        }
        catch (HttpRequestException failure)
        {
            return failure.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError
                ? new EmailOutcome.Refused("unreachable")
                : new EmailOutcome.Unsure("connection-lost");
        }
    }

    private static Uri Address(Uri baseUrl) => new(baseUrl.AbsoluteUri.TrimEnd('/') + "/emails");

    private EmailOutcome Read(HttpResponseMessage response, string body)
    {
        var status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode)
        {
            return new EmailOutcome.Accepted(Word(body, "id"));
        }

        if (response.StatusCode == HttpStatusCode.Conflict && Word(body, "name") == UsedForAnother)
        {
            return new EmailOutcome.Lost("sent-otherwise");
        }

        // After a 5xx, or while another request with the same key is under way, it may have been taken.
        return status >= 500 || response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.RequestTimeout
            ? new EmailOutcome.Unsure($"http-{status}")
            : new EmailOutcome.Refused($"http-{status}", RetryAfter(response));
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - clock.GetUtcNow(),
        _ => null,
    };

    private static string? Word(string body, string name)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty(name, out var value)
                && value.ValueKind == JsonValueKind.String
                && value.GetString() is { Length: <= LongestId } word
                ? word
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record ResendEmail(string From, string[] To, string Subject, string Text, string Html);
}
