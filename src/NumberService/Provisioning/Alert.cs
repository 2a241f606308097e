using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.NumberService.Provisioning;

/// <summary>When the owner was last told of a cause, so that it is told once and not for each number.</summary>
internal sealed class Alert
{
    public required OrganisationId OrganisationId { get; init; }

    public required string Cause { get; init; }

    public required DateTimeOffset RaisedAt { get; init; }
}

internal sealed class AlertConfiguration : IEntityTypeConfiguration<Alert>
{
    public void Configure(EntityTypeBuilder<Alert> builder)
    {
        builder.ToTable("alerts");
        builder.HasKey(alert => new { alert.OrganisationId, alert.Cause });
        builder.Property(alert => alert.OrganisationId).HasColumnName("organisation_id");
        builder.Property(alert => alert.Cause).HasColumnName("cause");
        builder.Property(alert => alert.RaisedAt).HasColumnName("raised_at");
    }
}
