namespace PhoneMasking.Contracts;

/// <summary>
/// Request to NumberService: order numbers. Each is bought, attached and verified by itself. Answer:
/// <see cref="OrderedNumbers"/> or <see cref="Refused"/>. The same request id again returns the same orders.
/// </summary>
/// <param name="OrganisationId">The owner.</param>
/// <param name="RequestId">Idempotency key of the request.</param>
/// <param name="Lifecycle">What they are for: Pool or StandbyReserved.</param>
/// <param name="Count">How many, 1 to 50.</param>
/// <param name="AreaCode">The US area code, three digits, tried before the configured ones; none for those alone.</param>
public sealed record BuyNumbers(
    OrganisationId OrganisationId,
    Guid RequestId,
    NumberLifecycle Lifecycle,
    int Count = 1,
    string? AreaCode = null);

/// <summary>Answer to <see cref="BuyNumbers"/>.</summary>
/// <param name="Numbers">The orders as they are now.</param>
public sealed record OrderedNumbers(IReadOnlyList<NumberView> Numbers);

/// <summary>
/// Request to NumberService: run the Attach-Number routine and the verification again, also after a failure. A number
/// that failed before it was bought is ordered again. Answer: <see cref="NumberView"/> or <see cref="Refused"/>.
/// </summary>
/// <param name="OrganisationId">The owner.</param>
/// <param name="NumberId">The number.</param>
public sealed record AttachNumber(OrganisationId OrganisationId, NumberId NumberId);

/// <summary>
/// Request to NumberService: send the test text again; the number is Pending until it arrives. Answer:
/// <see cref="NumberView"/> or <see cref="Refused"/>.
/// </summary>
/// <param name="OrganisationId">The owner.</param>
/// <param name="NumberId">A number that is attached.</param>
public sealed record VerifyNumber(OrganisationId OrganisationId, NumberId NumberId);

/// <summary>
/// Request to NumberService: give a standby number that is Ready to a sitter who has none, or whose number failed (that
/// one becomes standby). Answer: <see cref="NumberView"/> or <see cref="Refused"/>. A repeat changes nothing.
/// </summary>
/// <param name="OrganisationId">The owner.</param>
/// <param name="NumberId">The standby number.</param>
/// <param name="SitterId">An active sitter.</param>
public sealed record AssignNumber(OrganisationId OrganisationId, NumberId NumberId, SitterId SitterId);

/// <summary>
/// Request to NumberService: take a number from its sitter (it becomes standby) or from its client (it returns to the
/// pool); it rests first. Answer: <see cref="NumberView"/> or <see cref="Refused"/>. A repeat changes nothing.
/// </summary>
/// <param name="OrganisationId">The owner.</param>
/// <param name="NumberId">The number.</param>
public sealed record ReleaseNumber(OrganisationId OrganisationId, NumberId NumberId);

/// <summary>
/// Request to NumberService: give a number back to Twilio, or drop an order that has bought nothing yet. Refused while a
/// sitter or client has it, or a session uses it. Answer: <see cref="NumberView"/> or <see cref="Refused"/>. A repeat
/// changes nothing.
/// </summary>
/// <param name="OrganisationId">The owner.</param>
/// <param name="NumberId">The number.</param>
public sealed record RetireNumber(OrganisationId OrganisationId, NumberId NumberId);
