using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Sitters;

namespace PhoneMasking.NumberService.Inventory;

/// <summary>A number of ours. Unique over all organisations: the telephone network knows it once.</summary>
internal sealed class OwnedNumber
{
    public required NumberId Id { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    public required E164Number Number { get; init; }

    public required NumberLifecycle Lifecycle { get; set; }

    public required NumberStatus Status { get; init; }

    /// <summary>Set exactly while the number is <see cref="NumberLifecycle.ReservedActive"/>.</summary>
    public SitterId? SitterId { get; set; }

    public required long Version { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The sitter leaves; the number waits for the next one.</summary>
    public void BecomeStandby()
    {
        Lifecycle = NumberLifecycle.StandbyReserved;
        SitterId = null;
        Version++;
    }

    public NumberChanged ToEvent(DateTimeOffset now) =>
        new(OrganisationId, Id, Number, Lifecycle, Status, SitterId, Version, now);

    public NumberView ToView() => new(Id, Number, Lifecycle, Status, SitterId, Version, CreatedAt);
}

internal sealed class OwnedNumberConfiguration : IEntityTypeConfiguration<OwnedNumber>
{
    public void Configure(EntityTypeBuilder<OwnedNumber> builder)
    {
        builder.ToTable("numbers");
        builder.HasKey(number => number.Id);
        builder.Property(number => number.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(number => number.OrganisationId).HasColumnName("organisation_id");
        builder.Property(number => number.Number).HasColumnName("number");
        builder.Property(number => number.Lifecycle).HasColumnName("lifecycle").HasConversion<string>();
        builder.Property(number => number.Status).HasColumnName("status").HasConversion<string>();
        builder.Property(number => number.SitterId).HasColumnName("sitter_id");
        builder.Property(number => number.Version).HasColumnName("version").IsConcurrencyToken();
        builder.Property(number => number.CreatedAt).HasColumnName("created_at");
        builder.HasOne<Sitter>()
            .WithOne(sitter => sitter.Reserved)
            .HasForeignKey<OwnedNumber>(number => number.SitterId);
    }
}
