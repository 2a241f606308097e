using PhoneMasking.NumberService.Inventory;

namespace PhoneMasking.NumberService.Provisioning;

/// <summary>Every way that a step of a number can end. What came of it is recorded by <see cref="StepLedger"/>.</summary>
internal abstract record StepOutcome
{
    private StepOutcome()
    {
    }

    /// <summary>The step is done.</summary>
    /// <param name="Change">Moves the number on.</param>
    public sealed record Done(Action<OwnedNumber, DateTimeOffset> Change) : StepOutcome;

    /// <summary>Nothing is wrong with the number; it waits, and no try is counted.</summary>
    /// <param name="For">How long.</param>
    /// <param name="Reason">What for; none when it is not worth telling.</param>
    /// <param name="ErrorCode">Twilio's code to go with it.</param>
    public sealed record Waits(TimeSpan For, string? Reason = null, int? ErrorCode = null) : StepOutcome
    {
        /// <summary>Whether only the owner can end the wait: then there is one alert for the cause.</summary>
        public bool ForOwner { get; init; }

        /// <summary>What to change besides.</summary>
        public Action<OwnedNumber>? Change { get; init; }
    }

    /// <summary>The try did not succeed; the next one comes after a growing wait, unless there were too many.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="ErrorCode">Twilio's code to go with it.</param>
    /// <param name="Limit">The number of tries after which it is given up; none for never.</param>
    public sealed record Stumbles(string Reason, int? ErrorCode, int? Limit) : StepOutcome
    {
        /// <summary>The least wait.</summary>
        public TimeSpan AtLeast { get; init; }

        /// <summary>What to change besides.</summary>
        public Action<OwnedNumber>? Change { get; init; }
    }

    /// <summary>No further try can help.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="ErrorCode">Twilio's code to go with it.</param>
    public sealed record Fails(string Reason, int? ErrorCode = null) : StepOutcome
    {
        /// <summary>Whether the cause is not this number's: then there is one alert for it over all numbers.</summary>
        public bool IsShared { get; init; }
    }

    /// <summary>Somebody else has the number now; nothing is recorded.</summary>
    public sealed record Lost : StepOutcome;
}
