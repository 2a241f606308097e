namespace PhoneMasking.Contracts;

/// <summary>
/// Request to ProxyGateway: send the test text of a number that is being verified. Answer:
/// <see cref="VerificationTextState"/> or <see cref="Refused"/>. The same message id again sends nothing more.
/// </summary>
/// <param name="OrganisationId">The owner.</param>
/// <param name="MessageId">The text's id, given by who asks.</param>
/// <param name="NumberId">The number that is verified.</param>
/// <param name="From">That number.</param>
/// <param name="To">The phone that the owner configured for test texts.</param>
public sealed record SendVerificationText(
    OrganisationId OrganisationId,
    MessageId MessageId,
    NumberId NumberId,
    E164Number From,
    E164Number To);

/// <summary>
/// Request to ProxyGateway: where a test text stands. Answer: <see cref="VerificationTextState"/> or
/// <see cref="Refused"/> when there is none of this id.
/// </summary>
/// <param name="OrganisationId">The owner.</param>
/// <param name="MessageId">The text.</param>
public sealed record ReadVerificationText(OrganisationId OrganisationId, MessageId MessageId);

/// <summary>Answer to <see cref="SendVerificationText"/> and <see cref="ReadVerificationText"/>.</summary>
/// <param name="Progress">Where it stands.</param>
/// <param name="ErrorCode">Twilio's error code, when it failed with one.</param>
public sealed record VerificationTextState(VerificationTextProgress Progress, int? ErrorCode);

/// <summary>Where a test text stands.</summary>
public enum VerificationTextProgress
{
    /// <summary>Not accepted by Twilio yet.</summary>
    Waiting = 0,

    /// <summary>Accepted by Twilio.</summary>
    Sent = 1,

    /// <summary>It arrived.</summary>
    Delivered = 2,

    /// <summary>It did not arrive, and will not.</summary>
    Failed = 3,
}
