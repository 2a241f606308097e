using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Utilization;

namespace PhoneMasking.NumberService.Monitors;

/// <summary>One run of a monitor: what it saw and what it decided.</summary>
internal sealed class StoredRun
{
    /// <summary>UUIDv7: its order is the order of the runs.</summary>
    public required Guid Id { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    public required NumberMonitor Monitor { get; init; }

    /// <summary>The request that asked for it; none when its schedule did.</summary>
    public required Guid? RequestId { get; init; }

    public required UtilizationView Figures { get; init; }

    public required MonitorDecision Decision { get; init; }

    /// <summary>The order it placed.</summary>
    public required NumberId? NumberId { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    public MonitorRun ToView() =>
        new(Id, Monitor, RequestId is not null, Figures, Decision, NumberId, OccurredAt);
}

internal sealed class StoredRunConfiguration : IEntityTypeConfiguration<StoredRun>
{
    public void Configure(EntityTypeBuilder<StoredRun> builder)
    {
        builder.ToTable("monitor_runs");
        builder.HasKey(run => run.Id);
        builder.Property(run => run.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(run => run.OrganisationId).HasColumnName("organisation_id");
        builder.Property(run => run.Monitor).HasColumnName("monitor").HasConversion<string>();
        builder.Property(run => run.RequestId).HasColumnName("request_id");
        builder.ComplexProperty(run => run.Figures, FigureColumns.Map);
        builder.Property(run => run.Decision).HasColumnName("decision").HasConversion<string>();
        builder.Property(run => run.NumberId).HasColumnName("number_id");
        builder.Property(run => run.OccurredAt).HasColumnName("occurred_at");
    }
}
