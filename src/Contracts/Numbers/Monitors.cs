namespace PhoneMasking.Contracts;

/// <summary>The jobs that keep enough numbers at hand.</summary>
public enum NumberMonitor
{
    /// <summary>Buys one pool number when too many are in use.</summary>
    PoolCapacity = 0,

    /// <summary>Buys one standby Reserved number when there is none.</summary>
    StandbyKeeper = 1,
}

/// <summary>What a monitor decided.</summary>
public enum MonitorDecision
{
    /// <summary>One number was ordered.</summary>
    Ordered = 0,

    /// <summary>Utilization is below the threshold.</summary>
    BelowThreshold = 1,

    /// <summary>A number was bought within the cool-down.</summary>
    CoolingDown = 2,

    /// <summary>A number is on its way already.</summary>
    AlreadyPending = 3,

    /// <summary>A standby number is there.</summary>
    StandbyPresent = 4,
}

/// <summary>
/// Request to NumberService: run a monitor now. Answer: <see cref="MonitorRun"/> or <see cref="Refused"/>. The same
/// request id again returns the same run.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="RequestId">Idempotency key of the request.</param>
/// <param name="Monitor">Which one.</param>
public sealed record RunMonitor(OrganisationId OrganisationId, Guid RequestId, NumberMonitor Monitor);

/// <summary>
/// Request to NumberService: a page of a monitor's runs, newest first. Answer: <see cref="MonitorRunPage"/> or
/// <see cref="Refused"/>.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="Monitor">Which one; none for both.</param>
/// <param name="After">The last id of the page before; none for the first page.</param>
/// <param name="Limit">How many, 1 to 200.</param>
public sealed record ListMonitorRuns(OrganisationId OrganisationId, NumberMonitor? Monitor, Guid? After, int Limit);

/// <summary>Answer to <see cref="ListMonitorRuns"/>.</summary>
/// <param name="Items">The runs of this page.</param>
/// <param name="Next">Pass it as <c>After</c> to read on; none on the last page.</param>
public sealed record MonitorRunPage(IReadOnlyList<MonitorRun> Items, Guid? Next);

/// <summary>One run of a monitor: what it saw and what it decided.</summary>
/// <param name="Id">The run.</param>
/// <param name="Monitor">Which monitor.</param>
/// <param name="OnDemand">False when its schedule started it.</param>
/// <param name="Utilization">What it saw.</param>
/// <param name="Decision">What it decided.</param>
/// <param name="NumberId">The order it placed.</param>
/// <param name="OccurredAt">When, in UTC.</param>
public sealed record MonitorRun(
    Guid Id,
    NumberMonitor Monitor,
    bool OnDemand,
    UtilizationView Utilization,
    MonitorDecision Decision,
    NumberId? NumberId,
    DateTimeOffset OccurredAt);

/// <summary>Event: a monitor ran. Published by NumberService; every run is audited with what it saw.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="Run">The run.</param>
public sealed record MonitorRan(OrganisationId OrganisationId, MonitorRun Run) : IAuditedEvent
{
    /// <inheritdoc />
    public DateTimeOffset OccurredAt => Run.OccurredAt;

    /// <summary>For the audit log: the order it placed.</summary>
    public NumberId? NumberId => Run.NumberId;

    /// <summary>For the audit log: the decision.</summary>
    public string? Reason => Run.Decision.ToString();

    /// <summary>For the audit log: standby numbers have a category of their own.</summary>
    public string? Category => Run.Monitor == NumberMonitor.StandbyKeeper ? "Standby" : null;

    /// <summary>For the audit log: what it saw.</summary>
    public string? Details => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"""
        {Run.Monitor}: {Run.Utilization.ActiveSessions} sessions on {Run.Utilization.ReadyPoolNumbers} pool numbers, {Run.Utilization.PendingPoolNumbers} pending; {Run.Utilization.ReadyStandbyNumbers} standby, {Run.Utilization.PendingStandbyNumbers} pending
        """);
}
