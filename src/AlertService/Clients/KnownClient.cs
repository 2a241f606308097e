using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.AlertService.Clients;

/// <summary>What this service knows of a client: the name, for events that carry the id only.</summary>
internal sealed class KnownClient
{
    public required ClientId ClientId { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    public required string Name { get; init; }

    public required long Version { get; init; }
}

internal sealed class KnownClientConfiguration : IEntityTypeConfiguration<KnownClient>
{
    public void Configure(EntityTypeBuilder<KnownClient> builder)
    {
        builder.ToTable("clients");
        builder.HasKey(client => client.ClientId);
        builder.Property(client => client.ClientId).HasColumnName("client_id").ValueGeneratedNever();
        builder.Property(client => client.OrganisationId).HasColumnName("organisation_id");
        builder.Property(client => client.Name).HasColumnName("name");
        builder.Property(client => client.Version).HasColumnName("version");
    }
}
