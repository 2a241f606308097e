using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Directory;

/// <summary>A sitter, as NumberService last told of her.</summary>
internal sealed class KnownSitter
{
    public required SitterId Id { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    public required string Name { get; init; }

    public required E164Number RealNumber { get; init; }

    public E164Number? ReservedNumber { get; init; }

    public required bool Active { get; init; }

    public required long Version { get; init; }
}

internal sealed class KnownSitterConfiguration : IEntityTypeConfiguration<KnownSitter>
{
    public void Configure(EntityTypeBuilder<KnownSitter> builder)
    {
        builder.ToTable("sitters");
        builder.HasKey(sitter => sitter.Id);
    }
}
