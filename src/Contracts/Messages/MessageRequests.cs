namespace PhoneMasking.Contracts;

/// <summary>Request to ProxyGateway: a page of the message log, newest first. Answer: <see cref="MessagePage"/>.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="After">The last id of the page before; none for the first page.</param>
/// <param name="Limit">How many, 1 to 200.</param>
/// <param name="SessionId">Only this session's texts.</param>
public sealed record ListMessages(
    OrganisationId OrganisationId,
    MessageId? After,
    int Limit,
    SessionId? SessionId = null);

/// <summary>Answer to <see cref="ListMessages"/>.</summary>
/// <param name="Items">The texts of this page.</param>
/// <param name="Next">Pass it as <c>After</c> to read on; none on the last page.</param>
public sealed record MessagePage(IReadOnlyList<MessageView> Items, MessageId? Next);

/// <summary>A text as the owner may see it: what was received, or what was sent.</summary>
/// <param name="Id">The text.</param>
/// <param name="Inbound">True for a text that came in, false for one that went out.</param>
/// <param name="From">The sender: a number, a short code or a name.</param>
/// <param name="To">The receiver.</param>
/// <param name="Body">The text itself.</param>
/// <param name="MediaCount">How many pictures go with it.</param>
/// <param name="State">
/// Of an inbound text <c>received</c>, <c>relayed</c>, <c>held</c> or <c>not-relayed</c>; of an outbound one
/// <c>pending</c>, <c>sending</c>, <c>unknown</c>, <c>sent</c>, <c>delivered</c>, <c>undelivered</c> or <c>failed</c>.
/// </param>
/// <param name="Reason">Why it was not relayed, or Twilio's error code.</param>
/// <param name="SessionId">The session it belongs to, if any.</param>
/// <param name="SitterName">The sitter concerned, if any.</param>
/// <param name="ClientName">The client concerned, if any.</param>
/// <param name="CreatedAt">When it was stored, in UTC.</param>
/// <param name="RetryOf">The text that failed and that this one repeats.</param>
public sealed record MessageView(
    MessageId Id,
    bool Inbound,
    string From,
    string To,
    string Body,
    int MediaCount,
    string State,
    string? Reason,
    SessionId? SessionId,
    string? SitterName,
    string? ClientName,
    DateTimeOffset CreatedAt,
    MessageId? RetryOf = null)
{
    /// <summary>Shows the id only: the text and its numbers are personal data.</summary>
    public override string ToString() => $"MessageView {Id}";
}
