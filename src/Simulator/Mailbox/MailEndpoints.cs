using System.Net.Mail;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using PhoneMasking.Simulator.Control;
using PhoneMasking.Simulator.Faults;
using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.Mailbox;

/// <summary>
/// <c>POST /emails</c> in the form of Resend's API: a mail lands in the mailbox. Faults of the operation <c>mail</c> strike
/// here.
/// </summary>
internal static class MailEndpoints
{
    private const string Bearer = "Bearer ";
    private const int LongestKey = 256;

    public static void MapMailApi(this IEndpointRouteBuilder routes) => routes.MapPost("/emails", SendAsync);

    private static async Task<IResult> SendAsync(
        MailRequest request,
        HttpContext http,
        MailStore store,
        IOptions<MailOptions> options,
        FaultBoard faults,
        FaultInjector injector,
        Counters counters)
    {
        if (Authenticate(http.Request, options.Value.ApiKey) is { } refused)
        {
            return Answer(refused);
        }

        var to = Receivers(request.To);
        var fault = faults.MatchCall(new(RestOperation.Mail, to is [var first, ..] ? first : null, request.From, request.Subject));
        var result = await injector.RunAsync(fault, http, () => ValueTask.FromResult<object?>(Take(request, to, http, store, counters)));

        // The injector speaks Twilio's language; the caller of this API expects Resend's.
        return result is TwilioError error
            ? Answer(MailError.OfFault(error.Status), fault?.Request.RetryAfterSeconds)
            : (IResult)result!;
    }

    private static IResult Take(
        MailRequest request, IReadOnlyList<string> to, HttpContext http, MailStore store, Counters counters)
    {
        var key = http.Request.Headers["Idempotency-Key"].FirstOrDefault();
        if (FindProblem(request, to, key) is { } problem)
        {
            return Answer(problem);
        }

        var receipt = store.Add(request, to, key);
        if (receipt.IsContradiction)
        {
            return Answer(MailError.UsedForAnother);
        }

        counters.Count(Counted.Mails);
        return TypedResults.Json(new MailAnswer(receipt.Id));
    }

    private static MailError? FindProblem(MailRequest request, IReadOnlyList<string> to, string? key) =>
        key is not null && key.Length is 0 or > LongestKey ? MailError.InvalidIdempotencyKey
        : string.IsNullOrWhiteSpace(request.From) ? MailError.Missing("from")
        : to.Count == 0 ? MailError.Missing("to")
        : string.IsNullOrWhiteSpace(request.Subject) ? MailError.Missing("subject")
        : request is { Text: null, Html: null } ? MailError.Missing("html")
        : !MailAddress.TryCreate(request.From, out _) ? MailError.Invalid("from")
        : to.Any(address => !MailAddress.TryCreate(address, out _)) ? MailError.Invalid("to")
        : request.Subject.Any(char.IsControl) ? MailError.Invalid("subject")
        : null;

    private static MailError? Authenticate(HttpRequest request, string expected)
    {
        var given = request.Headers.Authorization.ToString();
        return !given.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? MailError.MissingKey
            : CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(given[Bearer.Length..]), Encoding.UTF8.GetBytes(expected)) ? null
            : MailError.InvalidKey;
    }

    // One address, or a list of them.
    private static IReadOnlyList<string> Receivers(JsonElement? to) => to switch
    {
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        { ValueKind: JsonValueKind.Array } many =>
            [.. many.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : string.Empty)],
        _ => [],
    };

    private static MailRefusal Answer(MailError error, int? retryAfterSeconds = null) =>
        new MailRefusal(error, retryAfterSeconds);

    private sealed class MailRefusal(MailError error, int? retryAfterSeconds) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (retryAfterSeconds is { } seconds)
            {
                httpContext.Response.Headers.RetryAfter = $"{seconds}";
            }

            httpContext.Response.StatusCode = error.StatusCode;
            return httpContext.Response.WriteAsJsonAsync(error, httpContext.RequestAborted);
        }
    }
}

/// <summary>A mail to send.</summary>
/// <param name="From">The sender, maybe as <c>Name &lt;name@example.com&gt;</c>.</param>
/// <param name="To">One address, or a list of them.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Text">The plain text.</param>
/// <param name="Html">The HTML.</param>
public sealed record MailRequest(string? From, JsonElement? To, string? Subject, string? Text, string? Html);

/// <summary>The answer: the mail's id.</summary>
internal sealed record MailAnswer(Guid Id);
