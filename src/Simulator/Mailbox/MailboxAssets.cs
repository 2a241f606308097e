using PhoneMasking.Simulator.Pages;

namespace PhoneMasking.Simulator.Mailbox;

/// <summary>The files of the mailbox page.</summary>
internal sealed class MailboxAssets() : PageFiles("Mailbox.Assets.", ContentSecurityPolicy)
{
    /// <summary>Only our own scripts, styles and connections, and our own frames: a mail's HTML is in one.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; frame-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}
