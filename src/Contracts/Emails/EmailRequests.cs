namespace PhoneMasking.Contracts;

/// <summary>Where an e-mail to the owner stands.</summary>
public enum EmailState
{
    /// <summary>To be sent, or to be tried again.</summary>
    Waiting = 0,

    /// <summary>The mail server, or the e-mail service, has it.</summary>
    Sent = 1,

    /// <summary>Given up; it was surely not sent.</summary>
    Failed = 2,

    /// <summary>It may have been sent and may not; it is not sent again.</summary>
    Unknown = 3,

    /// <summary>Not to be sent: e-mail was switched off when it was written.</summary>
    Suppressed = 4,
}

/// <summary>
/// Request to AlertService: a page of the e-mails to the owner, newest first. Answer: <see cref="EmailPage"/> or
/// <see cref="Refused"/>.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="After">The last id of the page before; none for the first page.</param>
/// <param name="Limit">How many, 1 to 200.</param>
/// <param name="State">Only these; none for all.</param>
/// <param name="Template">Only of this template, for example <c>sitter-added</c>; none for all.</param>
public sealed record ListEmails(
    OrganisationId OrganisationId,
    Guid? After,
    int Limit,
    EmailState? State = null,
    string? Template = null);

/// <summary>Answer to <see cref="ListEmails"/>.</summary>
/// <param name="Items">The e-mails of this page.</param>
/// <param name="Next">Pass it as <c>After</c> to read on; none on the last page.</param>
public sealed record EmailPage(IReadOnlyList<EmailView> Items, Guid? Next);

/// <summary>An e-mail to the owner.</summary>
/// <param name="Id">The e-mail.</param>
/// <param name="Template">Its template, for example <c>sitter-added</c>.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Attempts">Tries so far.</param>
/// <param name="Problem">What went wrong last, as a word such as <c>http-500</c> or <c>timeout</c>.</param>
/// <param name="CreatedAt">When it was written, in UTC.</param>
/// <param name="NextAttemptAt">When it is tried next, in UTC; none unless it waits.</param>
/// <param name="EndedAt">When it was sent or given up, in UTC.</param>
public sealed record EmailView(
    Guid Id,
    string Template,
    string Subject,
    EmailState State,
    int Attempts,
    string? Problem,
    DateTimeOffset CreatedAt,
    DateTimeOffset? NextAttemptAt,
    DateTimeOffset? EndedAt)
{
    /// <summary>Shows id and state only: the subject names people and numbers.</summary>
    public override string ToString() => $"EmailView {Id} {State}";
}

/// <summary>
/// Request to AlertService: one e-mail as it was written. Answer: <see cref="EmailContent"/> or <see cref="Refused"/>.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="EmailId">The e-mail.</param>
public sealed record ReadEmail(OrganisationId OrganisationId, Guid EmailId);

/// <summary>Request to AlertService: the templates of the e-mails to the owner. Answer: <see cref="EmailTemplateList"/>.</summary>
public sealed record ListEmailTemplates;

/// <summary>Answer to <see cref="ListEmailTemplates"/>.</summary>
/// <param name="Items">All templates.</param>
/// <param name="Sender">How e-mail is sent: <c>Smtp</c>, <c>Https</c> or <c>None</c>.</param>
public sealed record EmailTemplateList(IReadOnlyList<EmailTemplateView> Items, string Sender);

/// <summary>A template of e-mails to the owner.</summary>
/// <param name="Name">Its name, which is that of its files, for example <c>sitter-added</c>.</param>
/// <param name="Title">When it is sent, for a person.</param>
/// <param name="IsOverridden">Whether a file of the owner's own folder takes the place of one that came with the product.</param>
public sealed record EmailTemplateView(string Name, string Title, bool IsOverridden);

/// <summary>
/// Request to AlertService: a template filled with made-up data. Answer: <see cref="EmailContent"/> or
/// <see cref="Refused"/>.
/// </summary>
/// <param name="Template">Its name, for example <c>sitter-added</c>.</param>
public sealed record PreviewEmail(string Template);

/// <summary>Answer to <see cref="PreviewEmail"/> and <see cref="ReadEmail"/>.</summary>
/// <param name="Template">Its template.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Text">The plain text.</param>
/// <param name="Html">The whole HTML document. Show it in a sandboxed frame only.</param>
public sealed record EmailContent(string Template, string Subject, string Text, string Html)
{
    /// <summary>Shows the template only: the rest names people and numbers.</summary>
    public override string ToString() => $"EmailContent {Template}";
}
