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

    /// <summary>Taken out of the pool and given to one client alone.</summary>
    Dedicated = 3,
}

/// <summary>Whether a number of ours can be used.</summary>
public enum NumberStatus
{
    /// <summary>Ordered, bought or imported, not yet attached and verified.</summary>
    Pending = 0,

    /// <summary>Can carry texts and calls.</summary>
    Ready = 1,

    /// <summary>Buying, attaching or verifying failed; not used.</summary>
    Failed = 2,

    /// <summary>Works, but is kept back for a while so that nobody's old thread reaches a new person.</summary>
    Resting = 3,

    /// <summary>Given back to Twilio, or the order was dropped. Final.</summary>
    Retired = 4,
}

/// <summary>How far a number is on its way to <see cref="NumberStatus.Ready"/>.</summary>
public enum NumberStage
{
    /// <summary>To be bought; which number it will be is not known yet.</summary>
    Intended = 0,

    /// <summary>Owned, not yet attached.</summary>
    Bought = 1,

    /// <summary>Webhooks, Messaging Service and, where one is used, Proxy Service are set; not yet verified.</summary>
    Attached = 2,

    /// <summary>A test text from it arrived, or it was taken over as working.</summary>
    Ready = 3,

    /// <summary>Given up after bounded tries.</summary>
    Failed = 4,

    /// <summary>Works, kept back for a while.</summary>
    Resting = 5,

    /// <summary>No longer ours.</summary>
    Retired = 6,
}

/// <summary>What a number was bought for.</summary>
public enum NumberPurpose
{
    /// <summary>A sitter waits for it.</summary>
    SitterAssignment = 0,

    /// <summary>The pool was too small.</summary>
    PoolExpansion = 1,

    /// <summary>Waits for the next new sitter.</summary>
    StandbyReplenishment = 2,
}

/// <summary>Where the test text from a number stands.</summary>
public enum VerificationStatus
{
    /// <summary>No test text yet.</summary>
    NotSent = 0,

    /// <summary>Under way.</summary>
    Sent = 1,

    /// <summary>It arrived.</summary>
    Verified = 2,

    /// <summary>It did not arrive in time, or was refused.</summary>
    Failed = 3,
}

/// <summary>Where the Attach-Number routine stands.</summary>
public enum AttachStatus
{
    /// <summary>Not done yet.</summary>
    Pending = 0,

    /// <summary>Done.</summary>
    Ready = 1,

    /// <summary>Given up after bounded tries.</summary>
    Failed = 2,
}
