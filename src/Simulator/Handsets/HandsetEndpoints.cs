using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using PhoneMasking.Simulator.Control;
using PhoneMasking.Simulator.Messages;
using PhoneMasking.Simulator.Webhooks;

namespace PhoneMasking.Simulator.Handsets;

/// <summary>People, their texts and their threads in the control API.</summary>
internal static class HandsetEndpoints
{
    /// <summary>Messages of one thread that a phone shows.</summary>
    private const int ThreadLength = 200;

    public static void MapHandsets(this IEndpointRouteBuilder control)
    {
        control.MapGet("/people", (People people) => people.List());
        control.MapPost("/people", AddPerson);
        control.MapGet("/people/{id}/threads", Threads);
        control.MapPost("/texts", SendText);
        control.MapPost("/texts/{sid}/redeliver", Redeliver);
    }

    private static Ok<Person> AddPerson(PersonRequest request, People people) =>
        TypedResults.Ok(people.Add(request.Id, request.Name, request.Number));

    private static Results<Ok<IEnumerable<ThreadView>>, ProblemHttpResult> Threads(
        string id,
        People people,
        MessageStore store) =>
        people.Find(id) is { } person
            ? TypedResults.Ok(store.Conversations(person.Number, ThreadLength)
                .Select(thread => ThreadView.Of(thread.OwnNumber, thread.Messages))
                .Where(thread => thread.Messages.Count > 0))
            : Problems.UnknownPerson();

    private static async Task<Results<Ok<TextView>, ProblemHttpResult>> SendText(
        TextRequest request,
        TextingDesk desk,
        People people,
        CancellationToken cancellationToken)
    {
        var from = people.NumberOf(request.From);
        var texts = new TextView[request.Count ?? 1];
        var ours = true;

        await Parallel.ForAsync(
            0,
            texts.Length,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = request.Parallel ?? 1,
                CancellationToken = cancellationToken,
            },
            async (index, token) =>
            {
                var number = (index + 1).ToString(CultureInfo.InvariantCulture);
                var body = (request.Body ?? "").Replace("{n}", number, StringComparison.Ordinal);
                if (await desk.SendAsync(from, request.To, body, request.Media ?? [], token) is TextOutcome.Sent sent)
                {
                    texts[index] = TextView.Of(sent.Message.Sid, sent.Webhook);
                }
                else
                {
                    ours = false;
                }
            });

        if (!ours)
        {
            return Problems.NotOurNumber();
        }

        return TypedResults.Ok(request.Count is null ? texts[0] : texts[^1] with { Texts = texts });
    }

    private static async Task<Results<Ok<TextView>, ProblemHttpResult>> Redeliver(
        string sid,
        RedeliverRequest request,
        TextingDesk desk,
        MessageStore store,
        CancellationToken cancellationToken)
    {
        if (store.Find(sid) is not { Direction: MessageDirection.Inbound } message)
        {
            return Problems.UnknownMessage();
        }

        var texts = new TextView[request.Times ?? 1];
        await Parallel.ForAsync(
            0,
            texts.Length,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = request.Parallel ?? 1,
                CancellationToken = cancellationToken,
            },
            async (index, token) => texts[index] = TextView.Of(sid, await desk.RedeliverAsync(message, token)));
        return TypedResults.Ok(texts[^1] with { Texts = texts });
    }
}

/// <summary>Gives somebody a phone.</summary>
public sealed record PersonRequest(
    [RegularExpression("^[a-z0-9-]{1,64}$")] string? Id,
    [Required, MaxLength(64)] string Name,
    [Required, RegularExpression(@"^\+[1-9][0-9]{6,14}$")] string Number);

/// <summary>Sends a text from a handset.</summary>
/// <param name="From">A person's id, or any number in E.164 form.</param>
/// <param name="To">A number of the account.</param>
/// <param name="Body">The text; <c>{n}</c> becomes the text's number from 1.</param>
/// <param name="Media">Addresses of pictures.</param>
/// <param name="Count">How many texts. Default: 1.</param>
/// <param name="Parallel">How many webhooks at once. Default: 1, which waits for each answer: in order.</param>
public sealed record TextRequest(
    [Required] string From,
    [Required, RegularExpression(@"^\+[1-9][0-9]{6,14}$")] string To,
    string? Body,
    [MaxLength(10)] IReadOnlyList<string>? Media,
    [Range(1, 100_000)] int? Count,
    [Range(1, 256)] int? Parallel);

/// <summary>Posts a text's webhook again.</summary>
/// <param name="Times">How often. Default: 1.</param>
/// <param name="Parallel">How many at once. Default: 1.</param>
public sealed record RedeliverRequest([Range(1, 1000)] int? Times, [Range(1, 256)] int? Parallel);

/// <summary>What came of a text.</summary>
/// <param name="MessageSid">SID of the message.</param>
/// <param name="WebhookStatus">The final HTTP status; null when nobody answered, or the number has no URL.</param>
/// <param name="Attempts">Requests made, retries and fallback included.</param>
/// <param name="ViaFallback">Whether the fallback URL was asked.</param>
/// <param name="Failure">none, status, connect, read or tooLarge; null when the number has no URL.</param>
/// <param name="Texts">Each text, when several were asked for.</param>
internal sealed record TextView(
    string MessageSid,
    int? WebhookStatus,
    int Attempts,
    bool ViaFallback,
    WebhookFailure? Failure,
    IReadOnlyList<TextView>? Texts)
{
    public static TextView Of(string sid, WebhookOutcome? webhook) => new(
        sid,
        webhook?.Status,
        webhook?.Attempts ?? 0,
        webhook?.ViaFallback ?? false,
        webhook?.Failure,
        Texts: null);
}
