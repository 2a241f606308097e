using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.AlertService.Sitters;

/// <summary>What this service knows of a sitter: the name, for events that carry the id only.</summary>
internal sealed class KnownSitter
{
    public required SitterId SitterId { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    public required string Name { get; init; }

    public required long Version { get; init; }
}

internal sealed class KnownSitterConfiguration : IEntityTypeConfiguration<KnownSitter>
{
    public void Configure(EntityTypeBuilder<KnownSitter> builder)
    {
        builder.ToTable("sitters");
        builder.HasKey(sitter => sitter.SitterId);
        builder.Property(sitter => sitter.SitterId).HasColumnName("sitter_id").ValueGeneratedNever();
        builder.Property(sitter => sitter.OrganisationId).HasColumnName("organisation_id");
        builder.Property(sitter => sitter.Name).HasColumnName("name");
        builder.Property(sitter => sitter.Version).HasColumnName("version");
    }
}
