namespace PhoneMasking.NumberService.Setup;

/// <summary>How <c>setup</c> and <c>doctor</c> end: the process's exit code.</summary>
internal enum SetupEnd
{
    /// <summary>All numbers are Ready; nothing is wrong.</summary>
    Ready = 0,

    /// <summary>Something failed, or is wrong.</summary>
    Failed = 1,

    /// <summary>The command line or a setting is wrong.</summary>
    WrongUsage = 2,

    /// <summary>It waits for somebody outside: Twilio, the carriers, the owner, a part that does not run.</summary>
    Waits = 3,

    /// <summary>Interrupted by Ctrl-C; run again, it goes on.</summary>
    Interrupted = 130,
}

/// <summary>The end of a run before all its steps are done.</summary>
/// <param name="end">How it ends.</param>
/// <param name="why">What the owner reads: what is the matter, and what to do.</param>
internal sealed class SetupStoppedException(SetupEnd end, string why) : Exception(why)
{
    public SetupEnd End { get; } = end;
}
