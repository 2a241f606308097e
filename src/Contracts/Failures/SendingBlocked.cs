using System.Globalization;

namespace PhoneMasking.Contracts;

/// <summary>
/// Event: Twilio takes no text of its account, because the sign-in is wrong or the account may not send. Texts wait. Published by
/// ProxyGateway at the first text that meets it and, while it lasts, at most once an hour by each instance for a code.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="MessageId">The text that met it; it waits.</param>
/// <param name="Number">The number of ours that it is to be sent from.</param>
/// <param name="ErrorCode">Twilio's error code, if it gave one.</param>
/// <param name="HttpStatus">The HTTP status of its answer, 400 to 499.</param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record SendingBlocked(
    OrganisationId OrganisationId,
    MessageId MessageId,
    E164Number Number,
    int? ErrorCode,
    int HttpStatus,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    MessageId? IAuditedEvent.MessageId => MessageId;

    /// <summary>For the audit log: Twilio's code, or the status where it gave none.</summary>
    public string? Reason => ErrorCode is { } code
        ? code.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"http-{HttpStatus}");
}
