namespace PhoneMasking.Contracts;

/// <summary>
/// Request to NumberService: give one pool number to a client alone. Atomic and idempotent. Answer:
/// <see cref="NumberAllocation"/>; it is never refused, the result says what came of it.
/// </summary>
/// <param name="OrganisationId">The owner.</param>
/// <param name="ClientId">The client.</param>
public sealed record AllocateNumber(OrganisationId OrganisationId, ClientId ClientId);

/// <summary>Answer to <see cref="AllocateNumber"/>.</summary>
/// <param name="Result">What came of it.</param>
/// <param name="NumberId">The client's number, when there is one.</param>
/// <param name="Number">The number itself.</param>
public sealed record NumberAllocation(AllocationResult Result, NumberId? NumberId = null, E164Number? Number = null);

/// <summary>Every way an allocation can end.</summary>
public enum AllocationResult
{
    /// <summary>The client has a number now.</summary>
    Allocated = 0,

    /// <summary>The client had one already; nothing was changed.</summary>
    AlreadyAssigned = 1,

    /// <summary>No number is free.</summary>
    PoolEmpty = 2,

    /// <summary>The organisation has no such client.</summary>
    ClientNotFound = 3,

    /// <summary>It could not be decided, for example because the database is away; nothing was changed.</summary>
    AllocationError = 4,
}

/// <summary>Event: a pool number was given to one client alone. Published by NumberService.</summary>
/// <param name="OrganisationId">The owner.</param>
/// <param name="ClientId">The client.</param>
/// <param name="NumberId">The number.</param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record NumberAllocated(
    OrganisationId OrganisationId,
    ClientId ClientId,
    NumberId NumberId,
    DateTimeOffset OccurredAt) : IAuditedEvent
{
    ClientId? IAuditedEvent.ClientId => ClientId;

    NumberId? IAuditedEvent.NumberId => NumberId;
}

/// <summary>
/// Request to NumberService: how full the pool is. Answer: <see cref="PoolStatistics"/>.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
public sealed record ReadPool(OrganisationId OrganisationId);

/// <summary>Answer to <see cref="ReadPool"/>.</summary>
/// <param name="Available">Pool numbers that are Ready and could be given to a client now.</param>
/// <param name="Reserved">Pool numbers that are not to be had yet: on order, resting, or in use by open sessions.</param>
/// <param name="Assigned">Numbers given to one client alone.</param>
/// <param name="WarningThreshold">Below this many available ones the pool is not healthy.</param>
public sealed record PoolStatistics(int Available, int Reserved, int Assigned, int WarningThreshold)
{
    /// <summary>Whether enough are available.</summary>
    public bool Healthy => Available >= WarningThreshold;
}
