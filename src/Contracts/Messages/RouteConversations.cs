namespace PhoneMasking.Contracts;

/// <summary>
/// Command: conversations have stored texts that wait to be routed. Sent by ProxyGateway to itself, so that any instance
/// may do it; sending it twice has the effect of sending it once, because a routed text is not routed again.
/// </summary>
/// <param name="Conversations">Keys of the conversations: hashes of (our number, the sender).</param>
public sealed record RouteConversations(IReadOnlyList<long> Conversations);
