using PhoneMasking.Contracts;

namespace PhoneMasking.NumberService.Buying;

/// <summary>Every way that choosing the number to buy can end.</summary>
internal abstract record CandidateChoice
{
    private CandidateChoice()
    {
    }

    /// <summary>It is written down: Twilio may be asked for it now.</summary>
    public sealed record Chosen(E164Number Number) : CandidateChoice;

    /// <summary>None of those offered can be taken; nothing is written.</summary>
    public sealed record NoneFree : CandidateChoice;

    /// <summary>The day's budget is spent.</summary>
    /// <param name="For">Until when, from now.</param>
    public sealed record OverDailyBudget(TimeSpan For) : CandidateChoice;

    /// <summary>As many numbers are owned as may be.</summary>
    public sealed record OverTotalBudget : CandidateChoice;

    /// <summary>Somebody else has the order now.</summary>
    public sealed record Lost : CandidateChoice;
}
