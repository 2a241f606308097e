using PhoneMasking.Contracts;

namespace PhoneMasking.NumberService.Inventory;

/// <summary>Every refusal of this capability that depends on what is stored.</summary>
internal static class NumberRefusals
{
    private const string NumberField = "numberId";

    public static Refused UnknownNumber() =>
        new(RefusalKind.NotFound, "unknown-number", "There is no number with this id.", NumberField);

    public static Refused Retired() =>
        new(RefusalKind.Conflict, "number-retired", "The number was given back to Twilio; buy another one.", NumberField);

    public static Refused Resting() => new(
        RefusalKind.Conflict,
        "number-resting",
        "The number rests, so that no old thread reaches a new person; try again once it is Ready.",
        NumberField);

    public static Refused NotAttached() =>
        new(RefusalKind.Conflict, "number-not-attached", "The number is not attached yet; attach it first.", NumberField);

    public static Refused VerificationOff() => new(
        RefusalKind.Conflict,
        "verification-off",
        "No test texts are sent here: set Numbers:VerificationPhone, then try again.");

    public static Refused PurchaseUnderWay() => new(
        RefusalKind.Conflict,
        "purchase-under-way",
        "The number may be bought just now; try again when it is bought or has failed.",
        NumberField);

    public static Refused HasSitter() =>
        new(RefusalKind.Conflict, "number-has-sitter", "A sitter has this number; release it first.", NumberField);

    public static Refused HasClient() =>
        new(RefusalKind.Conflict, "number-has-client", "A client has this number; release it first.", NumberField);

    public static Refused HasSessions() => new(
        RefusalKind.Conflict,
        "number-in-session",
        "An open session uses this number; try again when its sessions have ended.",
        NumberField);

    public static Refused TwilioAway() => new(
        RefusalKind.Conflict,
        "twilio-away",
        "The account's numbers could not be read at Twilio; nothing was imported. Try again later.");
}
