namespace PhoneMasking.Contracts;

/// <summary>Request to NumberService: how busy the numbers are now. Answer: <see cref="UtilizationNow"/>.</summary>
/// <param name="OrganisationId">The organisation.</param>
public sealed record ReadUtilization(OrganisationId OrganisationId);

/// <summary>How busy the numbers are at one moment.</summary>
/// <param name="ReadyPoolNumbers">Pool numbers that are Ready.</param>
/// <param name="ActiveSessions">Open sessions.</param>
/// <param name="PendingPoolNumbers">Pool numbers on their way.</param>
/// <param name="ReadyStandbyNumbers">Standby Reserved numbers that are Ready.</param>
/// <param name="PendingStandbyNumbers">Standby Reserved numbers on their way.</param>
/// <param name="LargestSessionCount">The largest number of open sessions of one sitter.</param>
/// <param name="NeededPoolNumbers">That number plus the configured headroom: what is truly needed.</param>
public sealed record UtilizationView(
    int ReadyPoolNumbers,
    int ActiveSessions,
    int PendingPoolNumbers,
    int ReadyStandbyNumbers,
    int PendingStandbyNumbers,
    int LargestSessionCount,
    int NeededPoolNumbers)
{
    /// <summary>
    /// Active sessions / Ready pool numbers; 0 when there are neither, and 1 for each session when no pool number is Ready.
    /// Above 1 when numbers serve several sitters at once.
    /// </summary>
    public double Rate => ActiveSessions / (double)Math.Max(ReadyPoolNumbers, 1);
}

/// <summary>Answer to <see cref="ReadUtilization"/>.</summary>
/// <param name="Now">The present figures.</param>
/// <param name="Threshold">The rate from which a pool number is bought.</param>
/// <param name="BuysByNeed">True when the true need decides on buying, false when the rate does.</param>
/// <param name="LastPoolPurchaseAt">When a pool number was last ordered, in UTC.</param>
/// <param name="NextPoolRunAt">When the pool capacity monitor runs next, in UTC.</param>
/// <param name="NextStandbyRunAt">When the standby keeper runs next, in UTC.</param>
public sealed record UtilizationNow(
    UtilizationView Now,
    double Threshold,
    bool BuysByNeed,
    DateTimeOffset? LastPoolPurchaseAt,
    DateTimeOffset? NextPoolRunAt,
    DateTimeOffset? NextStandbyRunAt);

/// <summary>
/// Request to NumberService: utilization over time, oldest first. Answer: <see cref="UtilizationHistory"/> or
/// <see cref="Refused"/>.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="From">The first moment, in UTC, inclusive.</param>
/// <param name="To">The last moment, in UTC, exclusive; at most 400 days after <paramref name="From"/>.</param>
/// <param name="MaxPoints">At most so many points, evenly thinned out; 2 to 1,000.</param>
public sealed record ListUtilization(
    OrganisationId OrganisationId,
    DateTimeOffset From,
    DateTimeOffset To,
    int MaxPoints);

/// <summary>Answer to <see cref="ListUtilization"/>.</summary>
/// <param name="Points">The recorded figures.</param>
public sealed record UtilizationHistory(IReadOnlyList<UtilizationPoint> Points);

/// <summary>The figures of one moment.</summary>
/// <param name="At">When, in UTC.</param>
/// <param name="Figures">The figures.</param>
public sealed record UtilizationPoint(DateTimeOffset At, UtilizationView Figures);
