using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using PhoneMasking.Simulator.Control;

namespace PhoneMasking.Simulator.Messages;

/// <summary>How messages live, and single status callbacks, in the control API.</summary>
internal static class LifeCycleEndpoints
{
    public static void MapLifeCycle(this IEndpointRouteBuilder control)
    {
        control.MapGet("/life-cycle", (LifeCycleSettings settings) => LifeCycleView.Of(settings.Current));
        control.MapPut("/life-cycle", Change);
        control.MapPost("/status-callbacks", PostCallback);
    }

    private static LifeCycleView Change(LifeCycleRequest request, LifeCycleSettings settings)
    {
        settings.Current = request.ApplyTo(settings.Current);
        return LifeCycleView.Of(settings.Current);
    }

    private static async Task<Results<Ok<CallbackView>, ProblemHttpResult>> PostCallback(
        CallbackRequest request,
        StatusCallbacks callbacks,
        MessageStore store,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var message = store.Find(request.MessageSid);
        var url = request.Url ?? (message is null ? callbacks.DefaultUrl : callbacks.UrlOf(message));
        if (url is null)
        {
            return Problems.NoCallbackUrl();
        }

        var content = new CallbackContent(
            request.MessageSid,
            request.Status,
            request.From ?? message?.From ?? "",
            request.To ?? message?.To ?? "",
            request.ErrorCode,
            message?.MessagingServiceSid,
            clock.GetUtcNow());
        var outcome = await callbacks.PostAsync(url, content, cancellationToken);
        return TypedResults.Ok(new CallbackView(outcome.Status, outcome.Attempts));
    }
}

/// <summary>Changes how messages live from now on. What is left out stays as it is.</summary>
public sealed record LifeCycleRequest(
    [Range(0, 3_600_000)] int? SentAfterMs,
    [Range(0, 3_600_000)] int? DeliveredAfterMs,
    CallbackMode? Callbacks,
    [Range(0, 3_600_000)] int? LateByMs)
{
    internal LifeCycle ApplyTo(LifeCycle life) => new(
        Time(SentAfterMs) ?? life.SentAfter,
        Time(DeliveredAfterMs) ?? life.DeliveredAfter,
        Callbacks ?? life.Callbacks,
        Time(LateByMs) ?? life.LateBy);

    private static TimeSpan? Time(int? milliseconds) =>
        milliseconds is { } value ? TimeSpan.FromMilliseconds(value) : null;
}

/// <summary>How messages live now, in milliseconds.</summary>
internal sealed record LifeCycleView(
    double SentAfterMs,
    double DeliveredAfterMs,
    CallbackMode Callbacks,
    double LateByMs)
{
    public static LifeCycleView Of(LifeCycle life) => new(
        life.SentAfter.TotalMilliseconds,
        life.DeliveredAfter.TotalMilliseconds,
        life.Callbacks,
        life.LateBy.TotalMilliseconds);
}

/// <summary>
/// Posts a status callback out of turn, also for a SID nobody knows. The message itself does not change.
/// </summary>
/// <param name="MessageSid">Any SID.</param>
/// <param name="Status">What it says.</param>
/// <param name="ErrorCode">Twilio's code, for failed and undelivered.</param>
/// <param name="Url">Default: the message's own URL, or the configured default.</param>
/// <param name="From">Default: the message's.</param>
/// <param name="To">Default: the message's.</param>
public sealed record CallbackRequest(
    [Required] string MessageSid,
    MessageStatus Status,
    int? ErrorCode,
    [Url] string? Url,
    string? From,
    string? To);

/// <summary>What came of a callback; no status when nobody answered.</summary>
internal sealed record CallbackView(int? Status, int Attempts);
