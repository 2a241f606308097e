using PhoneMasking.Contracts;

namespace PhoneMasking.NumberService.Setup;

/// <summary>What the command line asks for.</summary>
internal sealed record SetupRequest
{
    /// <summary>Whether it is only shown what would be done.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether to buy without asking.</summary>
    public bool Yes { get; init; }

    /// <summary>Numbers for sitters; none for what the settings say.</summary>
    public int? Reserved { get; init; }

    /// <summary>Numbers of the pool; none for what the settings say.</summary>
    public int? Pool { get; init; }

    /// <summary>Numbers on standby; none for what the settings say.</summary>
    public int? Standby { get; init; }

    /// <summary>Whether a Proxy Service is wanted, and not only looked for.</summary>
    public bool WantsProxy { get; init; }

    /// <summary>What numbers are taken over as that the account owns and the inventory does not know; none to leave them.</summary>
    public NumberLifecycle? Import { get; init; }

    /// <summary>Whether such numbers are left alone, and the full count is bought.</summary>
    public bool LeaveUnknown { get; init; }
}
