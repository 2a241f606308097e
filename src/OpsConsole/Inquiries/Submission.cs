using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PhoneMasking.OpsConsole.Inquiries;

/// <summary>
/// The idempotency key of a form. The page carries a hidden id, so that sending the form twice does its work once; what was
/// typed is part of the key, so that a form reached by the browser's Back button, filled in anew, is a new request.
/// </summary>
internal static class Submission
{
    /// <summary>The hidden id for a form that is shown for the first time.</summary>
    /// <param name="clock">The time that goes into the id.</param>
    public static string New(TimeProvider clock) => Guid.CreateVersion7(clock.GetUtcNow()).ToString();

    /// <summary>The key of what was sent.</summary>
    /// <param name="hidden">The hidden id; whatever stands there, since anyone can send a form.</param>
    /// <param name="typed">What was typed, in a fixed order.</param>
    public static Guid KeyOf(string? hidden, params ReadOnlySpan<string?> typed)
    {
        var text = new StringBuilder(hidden);
        foreach (var field in typed)
        {
            // The length keeps "ab", "c" apart from "a", "bc".
            text.Append(CultureInfo.InvariantCulture, $"\n{field?.Length ?? -1}:{field}");
        }

        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16));
    }
}
