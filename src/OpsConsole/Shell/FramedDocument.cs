namespace PhoneMasking.OpsConsole.Shell;

/// <summary>
/// Marks an endpoint whose HTML was written elsewhere, for example an e-mail. A browser shows it in a frame of this console
/// only, with its inline styles, and with nothing else: no scripts, no forms, nothing loaded, no origin.
/// </summary>
internal sealed class FramedDocument
{
    /// <summary>The Content-Security-Policy of such a document.</summary>
    public const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; "
        + "frame-ancestors 'self'; sandbox";

    private FramedDocument()
    {
    }

    /// <summary>The mark.</summary>
    public static FramedDocument Mark { get; } = new();
}
