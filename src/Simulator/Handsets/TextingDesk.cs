using Microsoft.Extensions.Options;
using PhoneMasking.Simulator.Control;
using PhoneMasking.Simulator.Messages;
using PhoneMasking.Simulator.MessagingServices;
using PhoneMasking.Simulator.Numbers;
using PhoneMasking.Simulator.Rest;
using PhoneMasking.Simulator.Webhooks;

namespace PhoneMasking.Simulator.Handsets;

/// <summary>Every way that a handset's text can end.</summary>
internal abstract record TextOutcome
{
    private TextOutcome()
    {
    }

    /// <summary>The account has the number. No webhook outcome when the number has no URL.</summary>
    internal sealed record Sent(Message Message, WebhookOutcome? Webhook) : TextOutcome;

    /// <summary>The account does not have the number: nobody would ever hear of the text.</summary>
    internal sealed record NotOurNumber : TextOutcome;
}

/// <summary>Sends a handset's texts to the account's numbers, and acts on the TwiML that comes back.</summary>
internal sealed class TextingDesk(
    NumberDirectory numbers,
    MessageStore store,
    MessagingServiceStore services,
    MessageDesk messages,
    OptOuts optOuts,
    WebhookClient webhooks,
    PhoneFeed phones,
    Counters counters,
    IOptions<AccountOptions> account,
    IOptions<MessageOptions> options,
    TimeProvider clock)
{
    /// <summary>Sends a text and waits for what the webhook answers in the end.</summary>
    public async Task<TextOutcome> SendAsync(
        string from,
        string to,
        string body,
        IReadOnlyList<string> media,
        CancellationToken cancellationToken)
    {
        if (numbers.Find(to) is not { } number)
        {
            return new TextOutcome.NotOurNumber();
        }

        var now = clock.GetUtcNow();
        var sid = TwilioSid.New(media.Count > 0 ? "MM" : "SM", now);
        var message = new Message(sid, MessageDirection.Inbound, from, to, body, media, now)
        {
            MessagingServiceSid = services.FindByPhoneNumber(to)?.Service.Sid,
        };
        store.Add(message);
        counters.Count(Counted.Texts);
        phones.Publish(message);
        AnswerOptOutWord(message);

        return new TextOutcome.Sent(message, await PostAsync(message, number, cancellationToken));
    }

    /// <summary>Posts a text's webhook once more: same SID, as Twilio's own repeats have.</summary>
    public async Task<WebhookOutcome?> RedeliverAsync(Message message, CancellationToken cancellationToken) =>
        numbers.Find(message.To) is { } number ? await PostAsync(message, number, cancellationToken) : null;

    private async Task<WebhookOutcome?> PostAsync(
        Message message,
        OwnNumber number,
        CancellationToken cancellationToken)
    {
        var (url, fallback) = UrlsOf(number);
        if (url is null)
        {
            return null;
        }

        var parameters = InboundParameters.Of(message, account.Value.AccountSid);
        var outcome = await webhooks.PostAsync(url, fallback, parameters, cancellationToken);
        counters.Count(outcome.Succeeded ? Counted.WebhooksAnswered : Counted.WebhooksFailed);
        message.WebhookStatus = outcome.Status ?? 0;
        phones.Publish(message);
        foreach (var reply in TwimlReplies.Read(outcome.Body))
        {
            messages.Reply(
                new(reply.To ?? message.From, reply.From ?? message.To, reply.Body, reply.Media, null, null),
                isOptOutAnswer: false);
        }

        return outcome;
    }

    /// <summary>
    /// Where a text goes: a Messaging Service that does not defer to the number takes it, and drops it without a URL.
    /// </summary>
    private (string? Url, string? Fallback) UrlsOf(OwnNumber number) =>
        services.FindByPhoneNumber(number.PhoneNumber)?.Service is { UseInboundWebhookOnNumber: false } service
            ? (NullIfEmpty(service.InboundRequestUrl), NullIfEmpty(service.FallbackUrl))
            : numbers.SmsUrls(number);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private void AnswerOptOutWord(Message message)
    {
        if (optOuts.Note(message.From, message.To, message.Body) is { } answer && options.Value.AnswersOptOutWords)
        {
            messages.Reply(new(message.From, message.To, answer, [], null, null), isOptOutAnswer: true);
        }
    }
}
