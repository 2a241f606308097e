using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Webhooks;
using PhoneMasking.ServiceDefaults.Telemetry;
using PhoneMasking.Twilio;
using PhoneMasking.Twilio.Accounts;
using PhoneMasking.Twilio.Messages;

namespace PhoneMasking.ProxyGateway.Sending;

/// <summary>
/// Hands one text to Twilio, effectively once: Twilio has no idempotency key, so after an unknown outcome its list of
/// messages decides whether the text is there already (docs/adr/0006).
/// </summary>
internal sealed partial class TextSender(
    ITwilioApi twilio,
    TwilioAccount account,
    ProviderGate gate,
    OutboundClaims claims,
    ListedTexts listed,
    MovedReceivers moved,
    Standings standings,
    ClockSteps steps,
    BlockedAccount blocked,
    IOptions<TwilioSettings> settings,
    IOptions<SendingOptions> options,
    IOptions<TwilioApiOptions> twilioOptions,
    ServiceTelemetry telemetry,
    TimeProvider clock,
    ILogger<TextSender> logger)
{
    private readonly Histogram<double> _duration = telemetry.Meter.CreateHistogram<double>(
        "phonemasking.texts.send_duration", "s", "Time that Twilio took to answer a send, by outcome");

    /// <summary>Hands a text over, unless it has been already.</summary>
    /// <returns>How it ended; none when it is not this instance's any more, because somebody else has settled or taken it.</returns>
    public async Task<Attempt?> SendAsync(ClaimedText text, CancellationToken cancellationToken)
    {
        using var span = telemetry.StartFrom("send text", ActivityKind.Internal, text.TraceParent);
        if (Paused(text) is { } paused)
        {
            return paused;
        }

        if (text.MayExist)
        {
            try
            {
                var candidates = await listed.FindAsync(text, cancellationToken);
                var (isOurs, taken) = await standings.ReadAsync(text, candidates, cancellationToken);
                if (!isOurs)
                {
                    LogSettled(text.Text.Id);
                    return null;
                }

                if (candidates.Find(sid => !taken.Contains(sid)) is { } sid)
                {
                    LogFound(text.Text.Id);
                    return new Attempt(text, OutboundState.Sent, clock.GetUtcNow(), sid);
                }

                if (steps.Hold is var hold && hold > TimeSpan.Zero)
                {
                    LogHeld(text.Text.Id);
                    return new Attempt(text, OutboundState.Unknown, clock.GetUtcNow() + hold);
                }
            }
            catch (TwilioApiException failure)
            {
                LogLookUpFailed(text.Text.Id, failure.Message);
                if (failure.Error is { IsOfAccount: true } error)
                {
                    await blocked.TellAsync(text.Text, error, cancellationToken);
                }

                var wait = failure.RetryAfter ?? TimeSpan.Zero;
                if (failure.HttpStatus == StatusCodes.Status429TooManyRequests && wait > TimeSpan.Zero)
                {
                    await PauseAsync(wait, cancellationToken);
                }

                return Later(text, OutboundState.Unknown, wait);
            }
        }

        // Only here nothing of it is at Twilio: it was never tried, or no try left, or the list does not have it. What may be
        // there goes on as it was, for it could not be told from the same text to another phone.
        if (text.Receiver.IsGone)
        {
            LogGone(text.Text.Id);
            return new Attempt(text, OutboundState.Failed, clock.GetUtcNow(), Reason: ReasonOfNobody(text));
        }

        if (text.Receiver.Elsewhere is { } phone)
        {
            LogMoved(text.Text.Id);
            await moved.MoveAsync(text, phone, cancellationToken);
            return null;
        }

        // A stalled database, a frozen process or a slow look-up: another instance may have it before this call would end.
        if (clock.GetUtcNow() > LatestStart(text))
        {
            LogTooLate(text.Text.Id);
            return Later(text, Unsent(text), TimeSpan.Zero);
        }

        return await HandOverAsync(text, cancellationToken);
    }

    private async Task<Attempt> HandOverAsync(ClaimedText text, CancellationToken cancellationToken)
    {
        if (Paused(text) is { } paused)
        {
            return paused;
        }

        var request = new SendRequest
        {
            From = text.From.Reveal(),
            To = text.To.Reveal(),
            Body = text.Body.Length == 0 ? null : text.Body,
            MediaUrls = text.Media,
            StatusCallback = new Uri(
                settings.Value.PublicBaseUrl!,
                $"{TwilioWebhookEndpoints.StatusPath}?{TwilioWebhookEndpoints.MessageParameter}={text.Text.Id}#rc=5&rp=all"),

            // Once more, at the last moment: a process may stand still between the look above and the connection.
            NotAfter = LatestStart(text),
        };
        var started = clock.GetTimestamp();
        var outcome = await gate.SendAsync(() => twilio.CreateMessageAsync(account, request, cancellationToken));
        _duration.Record(
            clock.GetElapsedTime(started).TotalSeconds,
            new KeyValuePair<string, object?>("outcome", outcome?.GetType().Name ?? "NotTried"));

        switch (outcome)
        {
            case SendOutcome.Accepted(var message):
                return new Attempt(text, OutboundState.Sent, clock.GetUtcNow(), message.Sid);
            case SendOutcome.Refused(var error):
                LogRefused(text.Text.Id, error);
                return new Attempt(text, OutboundState.Failed, clock.GetUtcNow(), ErrorCode: error.Code, Reason: "refused");
            case SendOutcome.AccountRefused(var error):
                await blocked.TellAsync(text.Text, error, cancellationToken);
                return Later(text, Unsent(text), TimeSpan.Zero);
            case SendOutcome.RateLimited(var wait, _):
                await PauseAsync(wait, cancellationToken);
                return Later(text, Unsent(text), wait);
            case SendOutcome.Unknown(var reason):
                LogUnknown(text.Text.Id, reason);
                return Later(text, OutboundState.Unknown, options.Value.SettleTime);
            case SendOutcome.NotSent(var reason):
                LogNotSent(text.Text.Id, reason);
                return Later(text, Unsent(text), TimeSpan.Zero);
            case null:
                return Later(text, Unsent(text), options.Value.BreakDuration);
            default:
                throw new UnreachableException();
        }
    }

    // Twilio asked to wait after this text had been taken: it goes back to those that are not taken until then.
    private Attempt? Paused(ClaimedText text) =>
        gate.Pause is var pause && pause > TimeSpan.Zero ? new Attempt(text, Unsent(text), clock.GetUtcNow() + pause) : null;

    private async Task PauseAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        LogRateLimited(wait);
        gate.PauseFor(wait);
        await claims.PauseAsync(clock.GetUtcNow() + wait, cancellationToken);
    }

    // A call that started later could go on when the text is another instance's, or not be listed yet when that one looks.
    private DateTimeOffset LatestStart(ClaimedText text) =>
        text.LeaseEndsAt - twilioOptions.Value.RequestTimeout - options.Value.SettleTime;

    private static string ReasonOfNobody(ClaimedText text) =>
        text.Text.Direction == MessageDirection.SitterToClient ? "client-without-phone" : "sitter-removed";

    // This attempt did not leave, but an earlier one may still show in Twilio's list: it is asked again before the next.
    private static OutboundState Unsent(ClaimedText text) =>
        text.MayExist ? OutboundState.Unknown : OutboundState.Pending;

    private Attempt Later(ClaimedText text, OutboundState state, TimeSpan atLeast)
    {
        var now = clock.GetUtcNow();
        if (now - text.FirstAttemptedAfter > options.Value.GiveUpAfter)
        {
            LogGivenUp(text.Text.Id);
            return new Attempt(text, OutboundState.Failed, now, Reason: "gave-up");
        }

        var backOff = BackOff.After(text.Attempt, options.Value);
        return new Attempt(text, state, now + (backOff > atLeast ? backOff : atLeast));
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Text {MessageId} had reached Twilio: not sent again")]
    private partial void LogFound(MessageId messageId);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Text {MessageId}: Twilio's list could not be read: {Reason}")]
    private partial void LogLookUpFailed(MessageId messageId, string reason);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "Text {MessageId} refused by Twilio: {Error}")]
    private partial void LogRefused(MessageId messageId, TwilioError error);

    [LoggerMessage(EventId = 4, Level = LogLevel.Warning, Message = "Twilio asks to wait {Wait}")]
    private partial void LogRateLimited(TimeSpan wait);

    [LoggerMessage(EventId = 5, Level = LogLevel.Warning, Message = "Text {MessageId}: outcome unknown, will be looked up: {Reason}")]
    private partial void LogUnknown(MessageId messageId, string reason);

    [LoggerMessage(EventId = 6, Level = LogLevel.Warning, Message = "Text {MessageId} did not leave, will be tried again: {Reason}")]
    private partial void LogNotSent(MessageId messageId, string reason);

    [LoggerMessage(EventId = 7, Level = LogLevel.Error, Message = "Text {MessageId} could not be handed to Twilio in time and was given up")]
    private partial void LogGivenUp(MessageId messageId);

    [LoggerMessage(EventId = 9, Level = LogLevel.Information, Message = "Text {MessageId} was settled while it was looked up: not sent again")]
    private partial void LogSettled(MessageId messageId);

    [LoggerMessage(EventId = 10, Level = LogLevel.Warning, Message = "Text {MessageId} is for nobody any more: not sent")]
    private partial void LogGone(MessageId messageId);

    [LoggerMessage(EventId = 11, Level = LogLevel.Information, Message = "Text {MessageId} is for somebody who has another phone now")]
    private partial void LogMoved(MessageId messageId);

    [LoggerMessage(
        EventId = 12,
        Level = LogLevel.Warning,
        Message = "Text {MessageId} may be another instance's, as the database's clock was set: looked up again later")]
    private partial void LogHeld(MessageId messageId);

    [LoggerMessage(EventId = 8, Level = LogLevel.Warning, Message = "Text {MessageId}: too little left of its lease, not sent now")]
    private partial void LogTooLate(MessageId messageId);
}
