using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.NumberService.Utilization;

/// <summary>The figures of one moment, kept for the chart.</summary>
internal sealed class UtilizationRecord
{
    public required OrganisationId OrganisationId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required UtilizationView Figures { get; init; }
}

internal sealed class UtilizationRecordConfiguration : IEntityTypeConfiguration<UtilizationRecord>
{
    public void Configure(EntityTypeBuilder<UtilizationRecord> builder)
    {
        builder.ToTable("utilization");
        builder.HasKey(record => new { record.OrganisationId, record.At });
        builder.Property(record => record.OrganisationId).HasColumnName("organisation_id");
        builder.Property(record => record.At).HasColumnName("at");
        builder.ComplexProperty(record => record.Figures, FigureColumns.Map);
    }
}

/// <summary>The columns of <see cref="UtilizationView"/>, the same in every table.</summary>
internal static class FigureColumns
{
    public static void Map(ComplexPropertyBuilder<UtilizationView> builder)
    {
        builder.Property(figures => figures.ReadyPoolNumbers).HasColumnName("ready_pool_numbers");
        builder.Property(figures => figures.ActiveSessions).HasColumnName("active_sessions");
        builder.Property(figures => figures.PendingPoolNumbers).HasColumnName("pending_pool_numbers");
        builder.Property(figures => figures.ReadyStandbyNumbers).HasColumnName("ready_standby_numbers");
        builder.Property(figures => figures.PendingStandbyNumbers).HasColumnName("pending_standby_numbers");
        builder.Property(figures => figures.LargestSessionCount).HasColumnName("largest_session_count");
        builder.Property(figures => figures.NeededPoolNumbers).HasColumnName("needed_pool_numbers");
    }
}
