namespace PhoneMasking.Contracts;

/// <summary>
/// Event: a text that was told of as failed, or one that repeats such a text, arrived. Published by ProxyGateway beside
/// <see cref="MessageDelivered"/>, once for each text. The many texts that arrive without trouble cause none.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="MessageId">The text that arrived.</param>
/// <param name="OccurredAt">When we heard of it, in UTC.</param>
public sealed record FailureResolved(OrganisationId OrganisationId, MessageId MessageId, DateTimeOffset OccurredAt);
