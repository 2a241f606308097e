using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Sessions;

/// <summary>
/// One sitter and one client in touch. Among open sessions the database allows one per (sitter, pool number) and one per
/// (sitter, client).
/// </summary>
internal sealed class Session
{
    public required SessionId Id { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    public required SitterId SitterId { get; init; }

    public required ClientId ClientId { get; set; }

    /// <summary>The client's phone that was used last: answers go there.</summary>
    public required E164Number ClientNumber { get; set; }

    /// <summary>What the client sees.</summary>
    public required E164Number ReservedNumber { get; set; }

    /// <summary>What the sitter sees.</summary>
    public required E164Number PoolNumber { get; init; }

    public required NumberId PoolNumberId { get; init; }

    public required bool Open { get; set; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset LastInteractionAt { get; set; }

    public required DateTimeOffset ExpiresAt { get; set; }

    /// <summary>The day of <see cref="ExpiresAt"/> in UTC, for the index of expiry. Computed by the database.</summary>
    public DateOnly ExpiresOn { get; init; }

    public DateTimeOffset? ClosedAt { get; set; }

    public string? ClosedReason { get; set; }

    /// <summary>An interaction restarts the clock.</summary>
    public void Touch(DateTimeOffset now, TimeSpan timeToLive)
    {
        LastInteractionAt = now;
        ExpiresAt = now + timeToLive;
    }

    /// <summary>Opens a closed session again.</summary>
    public void Reopen(DateTimeOffset now, TimeSpan timeToLive)
    {
        Open = true;
        ClosedAt = null;
        ClosedReason = null;
        Touch(now, timeToLive);
    }
}

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("sessions");
        builder.HasKey(session => session.Id);
        builder.Property(session => session.ExpiresOn).ValueGeneratedOnAddOrUpdate();
    }
}
