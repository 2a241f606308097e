using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.SitterAlerts;

/// <summary>The sitter and the client between whom a text did not arrive. Personal data.</summary>
/// <param name="Direction">Which way the text went.</param>
/// <param name="SessionId">The session that they share, else the one that the text belonged to.</param>
/// <param name="SitterId">The sitter.</param>
/// <param name="ClientId">The client, as known today.</param>
/// <param name="ClientName">The client's name, as it may be shown in a text.</param>
/// <param name="Thread">The thread that the sitter knows; none when it is not the client's any more.</param>
/// <param name="IsOptedOut">The sitter wants no texts in that thread.</param>
internal sealed record AlertedPair(
    MessageDirection Direction,
    SessionId SessionId,
    SitterId SitterId,
    ClientId ClientId,
    string ClientName,
    SitterThread? Thread,
    bool IsOptedOut)
{
    /// <summary>Why the sitter is not told (the words of <see cref="SitterAlertDropped"/>); none when she is.</summary>
    public string? ReasonToDrop => Thread is null ? "no-thread" : IsOptedOut ? "opted-out" : null;

    public override string ToString() => $"AlertedPair {SitterId} {ClientId}";
}

/// <summary>A client's thread on a sitter's phone.</summary>
/// <param name="PoolNumber">What the sitter sees.</param>
/// <param name="Phone">The sitter's own phone.</param>
internal sealed record SitterThread(E164Number PoolNumber, E164Number Phone);
