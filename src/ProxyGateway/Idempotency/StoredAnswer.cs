using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Idempotency;

/// <summary>A POST with an Idempotency-Key, and what it was answered once it has succeeded. The body is personal data.</summary>
internal sealed class StoredAnswer
{
    public required OrganisationId OrganisationId { get; init; }

    /// <summary>Method and path.</summary>
    public required string Endpoint { get; init; }

    /// <summary>SHA-256 of the key.</summary>
    public required byte[] KeyHash { get; init; }

    /// <summary>SHA-256 of what was asked for.</summary>
    public required byte[] RequestHash { get; init; }

    /// <summary>The request that has the key now; a later one takes it over when this one is lost.</summary>
    public required Guid Claim { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Without a status by then the request counts as lost.</summary>
    public required DateTimeOffset InFlightUntil { get; init; }

    /// <summary>The HTTP status; none while it is under way.</summary>
    public short? Status { get; init; }

    public string? Location { get; init; }

    public string? ContentType { get; init; }

    /// <summary>The body; none when it held a secret, which is shown once and stored nowhere.</summary>
    public byte[]? Body { get; init; }
}

internal sealed class StoredAnswerConfiguration : IEntityTypeConfiguration<StoredAnswer>
{
    public void Configure(EntityTypeBuilder<StoredAnswer> builder)
    {
        builder.ToTable("stored_answers");
        builder.HasKey(answer => new { answer.OrganisationId, answer.Endpoint, answer.KeyHash });
        builder.HasIndex(answer => answer.CreatedAt);
    }
}
