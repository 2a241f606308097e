namespace PhoneMasking.Contracts;

/// <summary>Event: an e-mail to the owner was handed over. Published by AlertService, once for each e-mail.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="EmailId">The e-mail.</param>
/// <param name="Template">Its template, for example <c>sitter-added</c>.</param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record EmailSent(
    OrganisationId OrganisationId,
    Guid EmailId,
    string Template,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    /// <summary>For the audit log: the template.</summary>
    public string? Reason => Template;
}

/// <summary>
/// Event: an e-mail to the owner was given up, or nobody knows whether it arrived; it is not sent again. Published by
/// AlertService.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="EmailId">The e-mail.</param>
/// <param name="Template">Its template, for example <c>sitter-added</c>.</param>
/// <param name="State"><see cref="EmailState.Failed"/> or <see cref="EmailState.Unknown"/>.</param>
/// <param name="Problem">Why, as a word of a closed set, for example <c>http-401</c> or <c>timeout</c>.</param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record EmailFailed(
    OrganisationId OrganisationId,
    Guid EmailId,
    string Template,
    EmailState State,
    string Problem,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    /// <summary>For the audit log: the problem.</summary>
    public string? Reason => Problem;

    /// <summary>For the audit log: the template, and how it ended.</summary>
    public string? Details => $"{Template}: {State}";
}
