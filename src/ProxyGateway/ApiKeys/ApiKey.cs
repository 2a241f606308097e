using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.ApiKeys;

/// <summary>A key to the public API. The key itself is shown once and stored nowhere.</summary>
internal sealed class ApiKey
{
    public required Guid Id { get; init; }

    /// <summary>The only organisation that the key sees.</summary>
    public required OrganisationId OrganisationId { get; init; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The key's first characters, by which it is found and recognised.</summary>
    public required string Prefix { get; init; }

    /// <summary>SHA-256 of the whole key. A slow hash would protect nothing: the key has 250 random bits.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>What the key may do.</summary>
    public required string[] Scopes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last used, to the option <c>ApiKeys:LastUsedInterval</c>.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it ended, if it has.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("api_keys");
        builder.HasKey(key => key.Id);
    }
}
