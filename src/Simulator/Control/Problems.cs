using Microsoft.AspNetCore.Http.HttpResults;

namespace PhoneMasking.Simulator.Control;

/// <summary>Every refusal of the control API.</summary>
internal static class Problems
{
    public static ProblemHttpResult UnknownPerson() => Of(
        StatusCodes.Status404NotFound,
        "unknown-person",
        "There is no person with this id.");

    public static ProblemHttpResult UnknownMessage() => Of(
        StatusCodes.Status404NotFound,
        "unknown-message",
        "There is no message with this SID, or it is not of the kind that this needs.");

    public static ProblemHttpResult NotOurNumber() => Of(
        StatusCodes.Status422UnprocessableEntity,
        "not-our-number",
        "The account does not own the number the text goes to.");

    public static ProblemHttpResult NoAreaCode() => Of(
        StatusCodes.Status400BadRequest,
        "no-area-code",
        "An area code has three digits, the first of them 2 to 9.");

    public static ProblemHttpResult NotOwned() => Of(
        StatusCodes.Status404NotFound,
        "not-owned",
        "The account does not own this number.");

    public static ProblemHttpResult NoCallbackUrl() => Of(
        StatusCodes.Status422UnprocessableEntity,
        "no-callback-url",
        "Give a url: the message has none and there is no default.");

    private static ProblemHttpResult Of(int status, string type, string title) =>
        TypedResults.Problem(statusCode: status, type: $"urn:simulator:{type}", title: title);
}
