namespace PhoneMasking.Contracts;

/// <summary>What a number of ours is for.</summary>
public enum NumberLifecycle
{
    /// <summary>Stands for one client on a sitter's phone.</summary>
    Pool = 0,

    /// <summary>Belongs to one sitter: the number that clients text and call.</summary>
    ReservedActive = 1,

    /// <summary>A Reserved number bought ahead, waiting for the next new sitter.</summary>
    StandbyReserved = 2,
}

/// <summary>Whether a number of ours can be used.</summary>
public enum NumberStatus
{
    /// <summary>Bought or imported, not yet attached and verified.</summary>
    Pending = 0,

    /// <summary>Can carry texts and calls.</summary>
    Ready = 1,

    /// <summary>Attaching or verifying failed; not used.</summary>
    Failed = 2,
}
