using PhoneMasking.Contracts;
using PhoneMasking.OpsConsole.Shell;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.OpsConsole.Sitters;

/// <summary>
/// Checks what was typed about a sitter, so that all that is wrong is said at once; NumberService decides.
/// </summary>
internal static class SitterFields
{
    /// <summary>Notes what is wrong. What is null is not checked; an empty e-mail address is none.</summary>
    /// <param name="errors">Where it is noted.</param>
    /// <param name="name">Full name.</param>
    /// <param name="email">E-mail address.</param>
    /// <param name="phone">The sitter's own phone.</param>
    /// <param name="region">How phones are written here.</param>
    public static void Check(FormErrors errors, string? name, string? email, string? phone, NumberingRegion region)
    {
        Note(errors, name is null ? null : RequestRules.Name(name));
        Note(errors, RequestRules.Email(email?.Trim()));
        if (phone is not null && !region.TryRead(phone, out _))
        {
            errors.Add("phone", string.IsNullOrWhiteSpace(phone)
                ? "Give the sitter's own phone."
                : $"This is no telephone number. Give it as it is written in {region.Code}, or with a plus sign and the country code.");
        }
    }

    private static void Note(FormErrors errors, Refused? refused)
    {
        if (refused is not null)
        {
            errors.Add(refused.Field, refused.Detail);
        }
    }
}
