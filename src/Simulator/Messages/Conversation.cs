namespace PhoneMasking.Simulator.Messages;

/// <summary>All messages between a handset and one number of the account, the oldest first.</summary>
internal sealed class Conversation(string handset, string ownNumber)
{
    public string Handset { get; } = handset;

    public string OwnNumber { get; } = ownNumber;

    public RecentList<Message> Messages { get; } = new();
}
