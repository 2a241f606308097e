namespace PhoneMasking.SyncService.Airtable;

/// <summary>How the command <c>airtable</c> ends: the process's exit code.</summary>
internal enum AirtableEnd
{
    /// <summary>The base has everything.</summary>
    Complete = 0,

    /// <summary>Something differs, or Airtable refused.</summary>
    Failed = 1,

    /// <summary>The command line or a setting is wrong.</summary>
    WrongUsage = 2,

    /// <summary>Something is missing yet: it waits for the owner, or Airtable is away.</summary>
    Waits = 3,

    /// <summary>Interrupted by Ctrl-C; run again, it goes on.</summary>
    Interrupted = 130,
}

/// <summary>The end of a run before all its steps are done.</summary>
/// <param name="end">How it ends.</param>
/// <param name="why">What the owner reads: what is the matter, and what to do.</param>
internal sealed class AirtableStoppedException(AirtableEnd end, string why) : Exception(why)
{
    public AirtableEnd End { get; } = end;
}
