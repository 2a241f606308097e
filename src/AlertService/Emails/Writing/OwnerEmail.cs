using System.Globalization;
using PhoneMasking.Contracts;

namespace PhoneMasking.AlertService.Emails.Writing;

/// <summary>Every e-mail that the owner can get. Holds names of sitters and numbers of ours: never a client's, never a text.</summary>
/// <param name="Template">The name of its template.</param>
internal abstract record OwnerEmail(string Template)
{
    /// <summary>What the template's placeholders stand for.</summary>
    public abstract EmailValues Values { get; }

    /// <summary>Shows the template only: the rest may name a person.</summary>
    public sealed override string ToString() => Template;

    /// <summary>A time as the owner reads it.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    protected static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A new sitter got a standby number at once (path A).</summary>
internal sealed record SitterAddedEmail(string Sitter, E164Number Number, DateTimeOffset At) : OwnerEmail("sitter-added")
{
    public override EmailValues Values => new() { ["sitter"] = Sitter, ["number"] = Number.Reveal(), ["time"] = Time(At) };
}

/// <summary>A number was ordered for a new sitter (path B).</summary>
internal sealed record NumberOrderedEmail(string Sitter, DateTimeOffset At) : OwnerEmail("number-ordered")
{
    public override EmailValues Values => new() { ["sitter"] = Sitter, ["time"] = Time(At) };
}

/// <summary>The number that was ordered for a sitter is Ready (path B).</summary>
internal sealed record NumberReadyEmail(string Sitter, E164Number Number, DateTimeOffset At) : OwnerEmail("number-ready")
{
    public override EmailValues Values => new() { ["sitter"] = Sitter, ["number"] = Number.Reveal(), ["time"] = Time(At) };
}

/// <summary>A sitter was removed (path C).</summary>
internal sealed record SitterRemovedEmail(string Sitter, E164Number? Number, DateTimeOffset At) : OwnerEmail("sitter-removed")
{
    public override EmailValues Values => new() { ["sitter"] = Sitter, ["number"] = Number?.Reveal(), ["time"] = Time(At) };
}

/// <summary>A number was given up, or an order waits for the owner.</summary>
internal sealed record NumberFailedEmail(
    string? Sitter, E164Number? Number, string Step, string Reason, int? ErrorCode, DateTimeOffset At)
    : OwnerEmail("number-failed")
{
    public override EmailValues Values => new()
    {
        ["sitter"] = Sitter,
        ["number"] = Number?.Reveal(),
        ["step"] = FailureAdvice.Step(Step),
        ["reason"] = FailureAdvice.Reason(Reason),
        ["advice"] = FailureAdvice.Advice(Step, Reason),
        ["code"] = ErrorCode is { } code ? Count(code) : null,
        ["time"] = Time(At),
    };
}

/// <summary>A pool number was bought.</summary>
internal sealed record PoolNumberBoughtEmail(E164Number Number, DateTimeOffset At) : OwnerEmail("pool-number-bought")
{
    public override EmailValues Values => new() { ["number"] = Number.Reveal(), ["time"] = Time(At) };
}

/// <summary>No pool number is free for a sitter; clients' texts are held.</summary>
internal sealed record PoolExhaustedEmail(string? Sitter, DateTimeOffset At) : OwnerEmail("pool-exhausted")
{
    public override EmailValues Values => new() { ["sitter"] = Sitter, ["time"] = Time(At) };
}

/// <summary>A sitter's phone cannot be reached, so clients' texts do not arrive.</summary>
internal sealed record SitterUnreachableEmail(string? Sitter, int? Code, string Meaning, string Advice, DateTimeOffset At)
    : OwnerEmail("sitter-unreachable")
{
    public override EmailValues Values => new()
    {
        ["sitter"] = Sitter,
        ["code"] = Code is { } code ? Count(code) : null,
        ["meaning"] = Meaning,
        ["advice"] = Advice,
        ["time"] = Time(At),
    };
}

/// <summary>The account or its campaign cannot send.</summary>
internal sealed record AccountBlockedEmail(int? Code, string Meaning, string Advice, E164Number? Number, DateTimeOffset At)
    : OwnerEmail("account-blocked")
{
    public override EmailValues Values => new()
    {
        ["code"] = Code is { } code ? Count(code) : null,
        ["meaning"] = Meaning,
        ["advice"] = Advice,
        ["number"] = Number?.Reveal(),
        ["time"] = Time(At),
    };
}

/// <summary>More texts failed for good than an accident explains.</summary>
/// <param name="Total">Permanent failures in the window.</param>
/// <param name="Window">The window, for example 24 hours.</param>
/// <param name="First">The first of them.</param>
/// <param name="Last">The last of them.</param>
/// <param name="ByCode">Counts by Twilio's code.</param>
/// <param name="ByNumber">Counts by our number that sent.</param>
/// <param name="BySitter">Counts by sitter.</param>
/// <param name="Checks">What to check, a sentence each.</param>
internal sealed record SystemicFailuresEmail(
    int Total,
    TimeSpan Window,
    DateTimeOffset First,
    DateTimeOffset Last,
    IReadOnlyList<FailuresOfCode> ByCode,
    IReadOnlyList<FailuresOfNumber> ByNumber,
    IReadOnlyList<FailuresOfSitter> BySitter,
    IReadOnlyList<string> Checks) : OwnerEmail("systemic-failures")
{
    public override EmailValues Values => new EmailValues
    {
        ["total"] = Count(Total),
        ["hours"] = Window.TotalHours.ToString("0.#", CultureInfo.InvariantCulture),
        ["first"] = Time(First),
        ["last"] = Time(Last),
    }
        .With("codes", ByCode.Select(one => new EmailValues
        {
            ["code"] = one.Code is { } code ? Count(code) : "none",
            ["meaning"] = one.Meaning,
            ["count"] = Count(one.Count),
        }))
        .With("numbers", ByNumber.Select(one => new EmailValues
        {
            ["number"] = one.Number.Reveal(),
            ["count"] = Count(one.Count),
        }))
        .With("sitters", BySitter.Select(one => new EmailValues
        {
            ["sitter"] = one.Sitter,
            ["count"] = Count(one.Count),
        }))
        .With("checks", Checks.Select(check => new EmailValues { ["check"] = check }));
}

/// <summary>Messages that no consumer could process pile up.</summary>
/// <param name="Open">How many nobody has decided on.</param>
/// <param name="First">When the oldest of them came.</param>
/// <param name="ByQueue">Counts by queue and reason.</param>
internal sealed record DeadLettersEmail(int Open, DateTimeOffset First, IReadOnlyList<DeadLettersOfQueue> ByQueue)
    : OwnerEmail("dead-letters")
{
    public override EmailValues Values => new EmailValues { ["total"] = Count(Open), ["first"] = Time(First) }
        .With("queues", ByQueue.Select(one => new EmailValues
        {
            ["queue"] = one.Queue,
            ["reason"] = one.Reason.Replace('-', ' '),
            ["count"] = Count(one.Count),
        }));
}

/// <summary>Dead letters of one queue that died for the same reason.</summary>
internal sealed record DeadLettersOfQueue(string Queue, string Reason, int Count);

/// <summary>Failures with one of Twilio's codes, or with none.</summary>
internal sealed record FailuresOfCode(int? Code, string Meaning, int Count);

/// <summary>Failures of texts from one number of ours.</summary>
internal sealed record FailuresOfNumber(E164Number Number, int Count);

/// <summary>Failures in one sitter's conversations.</summary>
internal sealed record FailuresOfSitter(string Sitter, int Count);
