using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.Messages;

/// <summary>
/// The filters of a message list: Twilio's To, From, DateSent, <c>DateSent&lt;</c> and <c>DateSent&gt;</c>.
/// </summary>
/// <param name="To">Recipient, or null for any.</param>
/// <param name="From">Sender, or null for any.</param>
/// <param name="NotBefore">Earliest time, inclusive.</param>
/// <param name="Before">Latest time, exclusive.</param>
internal sealed record MessageFilter(string? To, string? From, DateTimeOffset NotBefore, DateTimeOffset Before)
{
    public static MessageFilter All { get; } = new(null, null, DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    /// <summary>Reads the filters; the error is what Twilio answers to a date it cannot read.</summary>
    public static MessageFilter? Of(IQueryCollection query, out TwilioError? error)
    {
        error = null;
        var filter = All with { To = Text(query, "To"), From = Text(query, "From") };
        foreach (var (name, narrow) in Narrowings)
        {
            if (Text(query, name) is not { } text)
            {
                continue;
            }

            if (!TwilioDate.TryRead(text, out var time, out var isDay))
            {
                error = TwilioError.InvalidParameter($"{name} is not a valid date");
                return null;
            }

            filter = narrow(filter, time, isDay ? time.AddDays(1) : time.AddSeconds(1));
        }

        return filter;
    }

    /// <summary>
    /// Whether the message passes. Compared by the second. A message that has not left yet counts by its creation:
    /// what is looked for after a lost answer must be found while it is still queued.
    /// </summary>
    public bool Accepts(Message message)
    {
        var time = TwilioDate.ToSecond(message.State.Sent ?? message.Created);
        return !message.IsDeleted
            && (To is null || message.To == To)
            && (From is null || message.From == From)
            && time >= NotBefore
            && time < Before;
    }

    private static readonly (string, Func<MessageFilter, DateTimeOffset, DateTimeOffset, MessageFilter>)[] Narrowings =
    [
        ("DateSent", (filter, start, end) => filter with { NotBefore = start, Before = end }),
        ("DateSent>", (filter, start, _) => filter with { NotBefore = TwilioDate.ToSecond(start) }),
        ("DateSent<", (filter, _, end) => filter with { Before = end }),
    ];

    private static string? Text(IQueryCollection query, string name) =>
        query.TryGetValue(name, out var value) && !string.IsNullOrEmpty(value) ? value.ToString() : null;
}
