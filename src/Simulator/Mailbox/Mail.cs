namespace PhoneMasking.Simulator.Mailbox;

/// <summary>A mail in the mailbox.</summary>
/// <param name="Sequence">Grows with each mail.</param>
/// <param name="Id">The id that the API answered.</param>
/// <param name="From">The sender, maybe with a name.</param>
/// <param name="To">The receivers.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Text">The plain text, if there is one.</param>
/// <param name="Html">The HTML, if there is one.</param>
/// <param name="IdempotencyKey">The key it came with, if any.</param>
/// <param name="ReceivedAt">When it came, in UTC.</param>
internal sealed record Mail(
    long Sequence,
    Guid Id,
    string From,
    IReadOnlyList<string> To,
    string Subject,
    string? Text,
    string? Html,
    string? IdempotencyKey,
    DateTimeOffset ReceivedAt)
{
    /// <summary>How many requests there were for it: more than one when its key came again.</summary>
    public int Requests { get; init; } = 1;
}
