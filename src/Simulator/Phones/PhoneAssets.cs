using PhoneMasking.Simulator.Pages;

namespace PhoneMasking.Simulator.Phones;

/// <summary>The files of the phones page.</summary>
internal sealed class PhoneAssets() : PageFiles("Phones.Assets.", ContentSecurityPolicy)
{
    /// <summary>
    /// Only our own scripts, styles and connections. Pictures may come from anywhere: a message may link to them.
    /// </summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' http: https:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}
