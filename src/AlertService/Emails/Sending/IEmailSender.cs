namespace PhoneMasking.AlertService.Emails.Sending;

/// <summary>The way out of the house for e-mails.</summary>
internal interface IEmailSender
{
    /// <summary>Whether sending the same e-mail again is harmless: the other side knows it again.</summary>
    bool MayRepeat { get; }

    /// <summary>Tries once. Throws only for bugs: whatever the network does is an outcome.</summary>
    /// <param name="email">The e-mail.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task<EmailOutcome> SendAsync(ClaimedEmail email, CancellationToken cancellationToken);
}
