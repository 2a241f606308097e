using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Directory;

/// <summary>A client, as SyncService last told of them; or a provisional one, made here for an unknown sender.</summary>
internal sealed class KnownClient
{
    public required ClientId Id { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    public required string Name { get; init; }

    public required bool Provisional { get; init; }

    public required long Version { get; init; }
}

/// <summary>One of a client's phones. A number belongs to one client of an organisation.</summary>
internal sealed class ClientNumber
{
    public required OrganisationId OrganisationId { get; init; }

    public required E164Number Number { get; init; }

    public required ClientId ClientId { get; init; }
}

internal sealed class KnownClientConfiguration :
    IEntityTypeConfiguration<KnownClient>,
    IEntityTypeConfiguration<ClientNumber>
{
    public void Configure(EntityTypeBuilder<KnownClient> builder)
    {
        builder.ToTable("clients");
        builder.HasKey(client => client.Id);
    }

    public void Configure(EntityTypeBuilder<ClientNumber> builder)
    {
        builder.ToTable("client_numbers");
        builder.HasKey(number => new { number.Number, number.OrganisationId });
    }
}
