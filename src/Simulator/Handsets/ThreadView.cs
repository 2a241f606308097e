using PhoneMasking.Simulator.Messages;
using PhoneMasking.Simulator.Numbers;

namespace PhoneMasking.Simulator.Handsets;

/// <summary>A thread as its owner's phone shows it: the number it sees, and what was said, the oldest first.</summary>
internal sealed record ThreadView(string Number, string Title, IReadOnlyList<ThreadMessageView> Messages)
{
    public static ThreadView Of(string ownNumber, IEnumerable<Message> messages) => new(
        ownNumber,
        E164.Friendly(ownNumber),
        [.. messages.Where(message => message.HasArrived).Select(ThreadMessageView.Of)]);
}

/// <summary>One message on a phone.</summary>
/// <param name="Sid">Its SID.</param>
/// <param name="Sequence">Orders the messages of a thread.</param>
/// <param name="IsOut">Whether the owner of the phone sent it.</param>
/// <param name="Body">The text.</param>
/// <param name="Media">Addresses of its pictures.</param>
/// <param name="At">When it was sent, or reached the phone.</param>
/// <param name="Status">For what the owner sent: sent, delivered (the webhook took it), failed; else received.</param>
/// <param name="WebhookStatus">What the webhook answered; 0 for no answer, null before it.</param>
internal sealed record ThreadMessageView(
    string Sid,
    long Sequence,
    bool IsOut,
    string Body,
    IReadOnlyList<string> Media,
    DateTimeOffset At,
    string Status,
    int? WebhookStatus)
{
    public static ThreadMessageView Of(Message message)
    {
        var isOut = message.Direction == MessageDirection.Inbound;
        return new(
            message.Sid,
            message.Sequence,
            isOut,
            message.Body,
            message.Media,
            isOut ? message.Created : message.State.Updated,
            isOut ? StatusOf(message.WebhookStatus) : "received",
            message.WebhookStatus);
    }

    private static string StatusOf(int? webhook) => webhook switch
    {
        null => "sent",
        >= 200 and < 300 => "delivered",
        _ => "failed",
    };
}
