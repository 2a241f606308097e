namespace PhoneMasking.Contracts;

/// <summary>Answer to any request: it was refused, and nothing was changed.</summary>
/// <param name="Kind">What kind of refusal, which decides the HTTP status.</param>
/// <param name="Problem">Stable name of the problem in kebab case, for example <c>no-standby-number</c>.</param>
/// <param name="Detail">What is wrong and what would be right, for a person; without numbers and bodies.</param>
/// <param name="Field">The request's field that is wrong, when it is one.</param>
public sealed record Refused(RefusalKind Kind, string Problem, string Detail, string? Field = null);

/// <summary>The kinds of refusal.</summary>
public enum RefusalKind
{
    /// <summary>A field of the request is wrong.</summary>
    Invalid = 0,

    /// <summary>What the request names does not exist in this organisation.</summary>
    NotFound = 1,

    /// <summary>The present state forbids it.</summary>
    Conflict = 2,
}
