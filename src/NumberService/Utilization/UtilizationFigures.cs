using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.NumberService.Utilization;

/// <summary>How busy an organisation's numbers are, counted by the database's view <c>utilization_now</c>.</summary>
internal sealed class UtilizationFigures
{
    public required OrganisationId OrganisationId { get; init; }

    public int ReadyPoolNumbers { get; init; }

    public int ActiveSessions { get; init; }

    public int PendingPoolNumbers { get; init; }

    public int ReadyStandbyNumbers { get; init; }

    public int PendingStandbyNumbers { get; init; }

    public int LargestSessionCount { get; init; }

    /// <summary>When a pool number was last ordered or bought; orders that ended without a purchase do not count.</summary>
    public DateTimeOffset? LastPoolPurchaseAt { get; init; }

    /// <summary>The figures for others.</summary>
    /// <param name="headroom">Pool numbers wanted beyond the busiest sitter's need.</param>
    public UtilizationView ToView(int headroom) => new(
        ReadyPoolNumbers,
        ActiveSessions,
        PendingPoolNumbers,
        ReadyStandbyNumbers,
        PendingStandbyNumbers,
        LargestSessionCount,
        LargestSessionCount + headroom);
}

internal sealed class UtilizationFiguresConfiguration : IEntityTypeConfiguration<UtilizationFigures>
{
    public void Configure(EntityTypeBuilder<UtilizationFigures> builder)
    {
        builder.ToView("utilization_now").HasNoKey();
        builder.Property(figures => figures.OrganisationId).HasColumnName("organisation_id");
        builder.Property(figures => figures.ReadyPoolNumbers).HasColumnName("ready_pool_numbers");
        builder.Property(figures => figures.ActiveSessions).HasColumnName("active_sessions");
        builder.Property(figures => figures.PendingPoolNumbers).HasColumnName("pending_pool_numbers");
        builder.Property(figures => figures.ReadyStandbyNumbers).HasColumnName("ready_standby_numbers");
        builder.Property(figures => figures.PendingStandbyNumbers).HasColumnName("pending_standby_numbers");
        builder.Property(figures => figures.LargestSessionCount).HasColumnName("largest_session_count");
        builder.Property(figures => figures.LastPoolPurchaseAt).HasColumnName("last_pool_purchase_at");
    }
}
