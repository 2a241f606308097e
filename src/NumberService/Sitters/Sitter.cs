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

    /// <summary>The request that added the sitter last.</summary>
    public required Guid RequestId { get; set; }

    public required string Name { get; set; }

    public string? Email { get; set; }

    /// <summary>The sitter's own phone; no two active sitters of an organisation share one.</summary>
    public required E164Number RealNumber { get; set; }

    public required bool Active { get; set; }

    public required long Version { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The Reserved number, or the order for one, while active.</summary>
    public OwnedNumber? Reserved { get; set; }

    /// <summary>The Reserved number that others know of: none until it was Ready for the first time.</summary>
    public NumberId? AnnouncedNumberId { get; set; }

    private E164Number? AnnouncedNumber => Reserved is { } number && number.Id == AnnouncedNumberId ? number.Number : null;

    public SitterChanged ToEvent(DateTimeOffset now) =>
        new(OrganisationId, Id, Name, RealNumber, AnnouncedNumberId, AnnouncedNumber, Active, Version, now);

    public SitterView ToView() =>
        new(Id, Name, Email, RealNumber, Reserved?.Id, AnnouncedNumber, Active, Version, CreatedAt)
        {
            ReservedStatus = Reserved?.Status,
        };
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
        builder.Property(sitter => sitter.AnnouncedNumberId).HasColumnName("announced_number_id");
    }
}
