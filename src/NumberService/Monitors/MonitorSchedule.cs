using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.NumberService.Monitors;

/// <summary>When a monitor of an organisation ran last by its schedule; the next run is due one interval later.</summary>
internal sealed class MonitorSchedule
{
    public required OrganisationId OrganisationId { get; init; }

    public required NumberMonitor Monitor { get; init; }

    /// <summary>The last run by schedule, or when the organisation was first seen.</summary>
    public required DateTimeOffset CountedFrom { get; set; }
}

internal sealed class MonitorScheduleConfiguration : IEntityTypeConfiguration<MonitorSchedule>
{
    public void Configure(EntityTypeBuilder<MonitorSchedule> builder)
    {
        builder.ToTable("monitor_schedules");
        builder.HasKey(schedule => new { schedule.OrganisationId, schedule.Monitor });
        builder.Property(schedule => schedule.OrganisationId).HasColumnName("organisation_id");
        builder.Property(schedule => schedule.Monitor).HasColumnName("monitor").HasConversion<string>();
        builder.Property(schedule => schedule.CountedFrom).HasColumnName("counted_from");
    }
}
