using PhoneMasking.Contracts;

namespace PhoneMasking.AlertService.Failures.Telling;

/// <summary>Says in plain words what the owner can do about one of Twilio's codes.</summary>
internal static class CodeAdvice
{
    /// <summary>About a code that tells of the whole account.</summary>
    public static string OfAccount(int? code) => code switch
    {
        20003 => "Twilio does not accept our sign-in: set Twilio__AuthToken to the account's current token and restart. If it is that "
            + "already, the account is suspended or closed: open Twilio's console.",
        30002 => "Open Twilio's console: the account is suspended. Settle what it names there, a payment for example.",
        30033 => "Open the A2P campaign in Twilio's console: it is suspended. Correct what is named there and ask for its review.",
        30037 => "Ask Twilio's support to allow outgoing texts on this account again.",
        30023 or 30027 =>
            "The carrier takes no more texts today and begins anew at midnight, Pacific time. A higher trust score raises the limit.",
        _ => "Open Twilio's console and look there for what the account lacks.",
    };

    /// <summary>About the account that Twilio takes no text of, which loses none by that for as long as the gateway tries.</summary>
    public static string OfBlocked(SendingBlocked blocked) =>
        OfAccount(blocked.ErrorCode ?? (blocked.HttpStatus == 401 ? 20003 : null))
        + " Texts wait meanwhile and go out by themselves; each is given up a day after it was written.";

    /// <summary>About a code that tells of a sitter's phone.</summary>
    public static string OfPhone(int? code) => code switch
    {
        30003 or 30005 => "Call the sitter: the phone is off, without signal, or its number is no longer in use.",
        30004 => "Ask the sitter to unblock our numbers and to switch off Do Not Disturb.",
        30006 or 21614 or 21635 => "The number is a landline or takes no texts: enter the sitter's mobile number in the console.",
        21211 or 21612 => "Correct the sitter's phone number in the console.",
        _ => "The sitter has sent STOP: ask for a text that says START, sent to the same number of ours.",
    };
}
