using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.NumberService.Clients;

/// <summary>A client of SyncService's, who may be given a number.</summary>
internal sealed class KnownClient
{
    public required ClientId Id { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    /// <summary>The client it was all along, once that is known.</summary>
    public ClientId? MergedInto { get; init; }
}

internal sealed class KnownClientConfiguration : IEntityTypeConfiguration<KnownClient>
{
    public void Configure(EntityTypeBuilder<KnownClient> builder)
    {
        builder.ToTable("clients");
        builder.HasKey(client => client.Id);
        builder.Property(client => client.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(client => client.OrganisationId).HasColumnName("organisation_id");
        builder.Property(client => client.MergedInto).HasColumnName("merged_into");
    }
}
