using System.Globalization;
using Microsoft.Extensions.Options;
using PhoneMasking.Simulator.Control;
using PhoneMasking.Simulator.Numbers;
using PhoneMasking.Simulator.Rest;
using PhoneMasking.Simulator.Webhooks;

namespace PhoneMasking.Simulator.Messages;

/// <summary>Posts status callbacks in the mode that is set. Parameters: Twilio's status callback guide.</summary>
internal sealed class StatusCallbacks(
    WebhookClient webhooks,
    Timeline timeline,
    IOptions<NumberOptions> numbers,
    IOptions<AccountOptions> account,
    Counters counters)
{
    /// <summary>Tells the client about a state. Returns at once; callbacks of one message follow one another.</summary>
    public void Report(Message message, MessageState state, LifeCycle life)
    {
        if (life.Callbacks == CallbackMode.Off || UrlOf(message) is not { } url)
        {
            return;
        }

        switch (life.Callbacks)
        {
            case CallbackMode.Late:
                timeline.Schedule(life.LateBy, () => Follow(message, url, [state]));
                break;
            case CallbackMode.Duplicated:
                Follow(message, url, [state, state]);
                break;
            case CallbackMode.Reverse when !state.IsFinal:
                break;
            case CallbackMode.Reverse when state.Status != MessageStatus.Failed:
                Follow(message, url, [state, state with { Status = MessageStatus.Sent, ErrorCode = null }]);
                break;
            default:
                Follow(message, url, [state]);
                break;
        }
    }

    /// <summary>Posts one callback now, whatever the mode, and waits for the answer.</summary>
    public async Task<WebhookOutcome> PostAsync(
        string url,
        CallbackContent content,
        CancellationToken cancellationToken)
    {
        var outcome = await webhooks.PostAsync(url, Parameters(content), cancellationToken);
        counters.Count(outcome.Succeeded ? Counted.CallbacksAnswered : Counted.CallbacksFailed);
        return outcome;
    }

    /// <summary>Where callbacks about the message go; null for nowhere. Replies by TwiML ask for none.</summary>
    public string? UrlOf(Message message) =>
        message.StatusCallback ?? (message.Direction == MessageDirection.OutboundReply ? null : DefaultUrl);

    /// <summary>Where callbacks go when the message does not say; null for nowhere.</summary>
    public string? DefaultUrl => numbers.Value.DefaultStatusCallback;

    private void Follow(Message message, string url, IReadOnlyList<MessageState> states) =>
        message.Callbacks = PostAllAsync(message, url, states, message.Callbacks);

    private async Task PostAllAsync(Message message, string url, IReadOnlyList<MessageState> states, Task previous)
    {
        await previous;
        foreach (var state in states)
        {
            await PostAsync(url, CallbackContent.Of(message, state), CancellationToken.None);
        }
    }

    private List<KeyValuePair<string, string>> Parameters(CallbackContent content)
    {
        var status = content.Status.Wire();
        List<KeyValuePair<string, string>> parameters =
        [
            new("MessageSid", content.MessageSid),
            new("SmsSid", content.MessageSid),
            new("MessageStatus", status),
            new("SmsStatus", status),
            new("From", content.From),
            new("To", content.To),
            new("AccountSid", account.Value.AccountSid),
            new("ApiVersion", MessageView.Version),
        ];

        if (content.MessagingServiceSid is { } service)
        {
            parameters.Add(new("MessagingServiceSid", service));
        }

        if (content.ErrorCode is { } code)
        {
            parameters.Add(new("ErrorCode", code.ToString(CultureInfo.InvariantCulture)));
        }

        if (content.Status is MessageStatus.Delivered or MessageStatus.Undelivered)
        {
            var done = content.At.UtcDateTime.ToString("yyMMddHHmm", CultureInfo.InvariantCulture);
            parameters.Add(new("RawDlrDoneDate", done));
        }

        return parameters;
    }
}

/// <summary>What a status callback says.</summary>
internal sealed record CallbackContent(
    string MessageSid,
    MessageStatus Status,
    string From,
    string To,
    int? ErrorCode,
    string? MessagingServiceSid,
    DateTimeOffset At)
{
    public static CallbackContent Of(Message message, MessageState state) => new(
        message.Sid,
        state.Status,
        message.From,
        message.To,
        state.ErrorCode,
        message.MessagingServiceSid,
        state.Updated);
}
