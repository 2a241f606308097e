using PhoneMasking.Twilio;
using PhoneMasking.Twilio.Messages;

namespace PhoneMasking.ProxyGateway.Sending;

/// <summary>Finds what Twilio has that may be a text of ours.</summary>
internal sealed class ListedTexts(ITwilioApi twilio, TwilioAccount account)
{
    /// <summary>
    /// How far Twilio's clock may be behind ours. Wide, as what is known to be another text's is left out in any case.
    /// </summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(10);

    /// <summary>What Twilio puts before each body of a trial account, and lists as part of it.</summary>
    private const string TrialPrefix = "Sent from your Twilio trial account - ";

    /// <summary>Lists Twilio's ids of what may be the text, the oldest first: texts of a conversation are sent in order.</summary>
    /// <exception cref="TwilioApiException">The list could not be read.</exception>
    public async Task<List<string>> FindAsync(ClaimedText text, CancellationToken cancellationToken)
    {
        var oldest = text.FirstAttemptedAfter - ClockTolerance;
        var query = new MessageQuery { From = text.From.Reveal(), To = text.To.Reveal(), PageSize = 100 };
        var candidates = new List<string>();

        // Newest first. Not narrowed by DateSent: a message that is still queued has none.
        await foreach (var message in twilio.ListMessagesAsync(account, query, cancellationToken))
        {
            if (message.DateCreated < oldest)
            {
                break;
            }

            if (IsBody(message.Body, text.Body))
            {
                candidates.Add(message.Sid);
            }
        }

        candidates.Reverse();
        return candidates;
    }

    private static bool IsBody(ReadOnlySpan<char> listed, ReadOnlySpan<char> body) =>
        listed.SequenceEqual(body)
        || (listed.StartsWith(TrialPrefix, StringComparison.Ordinal) && listed[TrialPrefix.Length..].SequenceEqual(body));
}
