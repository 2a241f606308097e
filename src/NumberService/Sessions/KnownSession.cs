using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.NumberService.Sessions;

/// <summary>A session of the gateway's, as last told of; open ones count as use of the numbers.</summary>
internal sealed class KnownSession
{
    public required SessionId Id { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    public required SitterId SitterId { get; init; }

    public required NumberId NumberId { get; init; }

    public required bool Open { get; init; }

    /// <summary>When it opened or closed last, by the gateway's clock: older news is ignored.</summary>
    public required DateTimeOffset ChangedAt { get; init; }
}

internal sealed class KnownSessionConfiguration : IEntityTypeConfiguration<KnownSession>
{
    public void Configure(EntityTypeBuilder<KnownSession> builder)
    {
        builder.ToTable("sessions");
        builder.HasKey(session => session.Id);
        builder.Property(session => session.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(session => session.OrganisationId).HasColumnName("organisation_id");
        builder.Property(session => session.SitterId).HasColumnName("sitter_id");
        builder.Property(session => session.NumberId).HasColumnName("number_id");
        builder.Property(session => session.Open).HasColumnName("open");
        builder.Property(session => session.ChangedAt).HasColumnName("changed_at");
    }
}
