using PhoneMasking.Contracts;

namespace PhoneMasking.NumberService.Sitters;

/// <summary>Every refusal of this capability that depends on what is stored.</summary>
internal static class Refusals
{
    public static Refused UnknownSitter() =>
        new(RefusalKind.NotFound, "unknown-sitter", "There is no sitter with this id.", "sitterId");

    public static Refused RemovedSitter() =>
        new(RefusalKind.Conflict, "sitter-removed", "This sitter was removed; add the sitter again first.", "sitterId");

    public static Refused InvalidPhone(NumberingRegion region) =>
        new(
            RefusalKind.Invalid,
            "invalid-phone",
            $"Not a telephone number: expected E.164, or a number as written in {region.Code}.",
            "phone");

    public static Refused OwnNumber() =>
        new(RefusalKind.Conflict, "own-number", "This is a masking number; give the sitter's own phone.", "phone");

    public static Refused PhoneTaken() =>
        new(RefusalKind.Conflict, "phone-taken", "Another active sitter has this phone.", "phone");
}
