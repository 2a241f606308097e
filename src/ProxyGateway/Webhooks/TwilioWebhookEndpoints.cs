using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Inbound;
using PhoneMasking.ProxyGateway.Status;
using PhoneMasking.Twilio.TwiML;

namespace PhoneMasking.ProxyGateway.Webhooks;

/// <summary>What Twilio calls. An answer of 2xx means: committed. Anything else means: nothing changed, send it again.</summary>
internal static class TwilioWebhookEndpoints
{
    public const string StatusPath = "/webhooks/twilio/status";

    /// <summary>Names the text in a status callback, so that a report can come before our own record of the send.</summary>
    public const string MessageParameter = "message";

    /// <summary>
    /// Ids have 34 characters, numbers and names fewer, addresses of other channels a few more. PostgreSQL's indexes take about
    /// 2,700 bytes: beyond it the answer would be "send it again", for ever.
    /// </summary>
    private const int LongestWord = 512;

    /// <summary>Twilio gives up after 15 s; two are enough to know that the database is away.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.8);

    public static void MapTwilioWebhooks(this IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapGroup("/webhooks/twilio")
            .AddEndpointFilter<TwilioSignatureFilter>()
            .DisableAntiforgery()
            .ExcludeFromDescription();

        webhooks.MapPost("/messages", ReceiveText);
        webhooks.MapPost("/status", ReceiveStatus);
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> ReceiveText(
        HttpContext http,
        InboundWriter writer,
        TimeProvider clock)
    {
        var form = http.Features.Get<TwilioForm>()!;
        if (FaultOf(form, "MessageSid", "From", "To") is { } fault)
        {
            return fault;
        }

        var now = clock.GetUtcNow();
        var text = new ReceivedText(
            MessageId.New(now),
            form["MessageSid"],
            form["From"],
            form["To"],
            form["Body"],
            MediaOf(form),
            form.ToJson(),
            Activity.Current?.Id,
            now);
        return await TryAsync(token => writer.StoreAsync(text, token), http)
            ? TypedResults.Content(MessagingTwiml.Empty, MessagingTwiml.ContentType)
            : Problems.NotStored();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ReceiveStatus(
        HttpContext http,
        StatusWriter writer,
        TimeProvider clock)
    {
        var form = http.Features.Get<TwilioForm>()!;
        if (FaultOf(form, "MessageSid", "MessageStatus") is { } fault)
        {
            return fault;
        }

        var report = new StatusReport(
            Guid.TryParse(http.Request.Query[MessageParameter], out var id) ? new MessageId(id) : null,
            form["MessageSid"],
            form["MessageStatus"],
            int.TryParse(form["ErrorCode"], NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null,
            form.ToJson(),
            clock.GetUtcNow());
        return await TryAsync(token => writer.StoreAsync(report, token), http)
            ? TypedResults.NoContent()
            : Problems.NotStored();
    }

    private static ProblemHttpResult? FaultOf(TwilioForm form, params ReadOnlySpan<string> required)
    {
        foreach (var name in required)
        {
            if (form[name].Length == 0)
            {
                return Problems.Missing(name);
            }

            if (form[name].Length > LongestWord)
            {
                return Problems.TooLong(name, LongestWord);
            }
        }

        return null;
    }

    private static async Task<bool> TryAsync(Func<CancellationToken, Task> store, HttpContext http)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        deadline.CancelAfter(Patience);
        try
        {
            await store(deadline.Token);
            return true;
        }
        catch (Exception failure) when (failure is NpgsqlException or OperationCanceledException or TimeoutException)
        {
            return false;
        }
    }

    private static string[] MediaOf(TwilioForm form)
    {
        if (!int.TryParse(form["NumMedia"], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count == 0)
        {
            return [];
        }

        return [.. Enumerable.Range(0, Math.Min(count, 10))
            .Select(index => form[$"MediaUrl{index}"])
            .Where(url => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http")];
    }
}
