using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Inventory;

namespace PhoneMasking.NumberService.Sitters;

/// <summary>A sitter; stays in the table when removed, so that the log keeps its meaning.</summary>
internal sealed class Sitter
{
    public required SitterId Id { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    /// <summary>The request that added the sitter.</summary>
    public required Guid RequestId { get; init; }

    public required string Name { get; init; }

    public string? Email { get; init; }

    /// <summary>The sitter's own phone; no two active sitters of an organisation share one.</summary>
    public required E164Number RealNumber { get; init; }

    public required bool Active { get; set; }

    public required long Version { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The Reserved number, while active.</summary>
    public OwnedNumber? Reserved { get; set; }

    /// <summary>Ends the sitter's work here; the Reserved number becomes standby.</summary>
    /// <param name="now">The time, in UTC.</param>
    /// <param name="freed">The number that became standby, if there was one.</param>
    /// <returns><see langword="false"/> when removed already: nothing has changed.</returns>
    public bool TryRemove(DateTimeOffset now, out OwnedNumber? freed)
    {
        freed = Active ? Reserved : null;
        if (!Active)
        {
            return false;
        }

        Active = false;
        Version++;
        Reserved = null;
        if (freed is not null)
        {
            freed.Lifecycle = NumberLifecycle.StandbyReserved;
            freed.SitterId = null;
            freed.FormerSitterId = Id;
            freed.Touch(now);
        }

        return true;
    }

    public SitterChanged ToEvent(DateTimeOffset now) =>
        new(OrganisationId, Id, Name, RealNumber, Reserved?.Id, Reserved?.Number, Active, Version, now);

    public SitterView ToView() =>
        new(Id, Name, Email, RealNumber, Reserved?.Id, Reserved?.Number, Active, Version, CreatedAt);
}

internal sealed class SitterConfiguration : IEntityTypeConfiguration<Sitter>
{
    public void Configure(EntityTypeBuilder<Sitter> builder)
    {
        builder.ToTable("sitters");
        builder.HasKey(sitter => sitter.Id);
        builder.Property(sitter => sitter.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(sitter => sitter.OrganisationId).HasColumnName("organisation_id");
        builder.Property(sitter => sitter.RequestId).HasColumnName("request_id");
        builder.Property(sitter => sitter.Name).HasColumnName("name");
        builder.Property(sitter => sitter.Email).HasColumnName("email");
        builder.Property(sitter => sitter.RealNumber).HasColumnName("real_number");
        builder.Property(sitter => sitter.Active).HasColumnName("active");
        builder.Property(sitter => sitter.Version).HasColumnName("version").IsConcurrencyToken();
        builder.Property(sitter => sitter.CreatedAt).HasColumnName("created_at");
    }
}
