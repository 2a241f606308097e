using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Directory;

/// <summary>A number of ours, as NumberService last told of it.</summary>
internal sealed class KnownNumber
{
    public required NumberId Id { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    public required E164Number Number { get; init; }

    public required NumberLifecycle Lifecycle { get; init; }

    public required NumberStatus Status { get; init; }

    public SitterId? SitterId { get; init; }

    public required long Version { get; init; }

    /// <summary>When NumberService changed it, in UTC: of two rows with one number the later one has it.</summary>
    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class KnownNumberConfiguration : IEntityTypeConfiguration<KnownNumber>
{
    public void Configure(EntityTypeBuilder<KnownNumber> builder)
    {
        builder.ToTable("numbers");
        builder.HasKey(number => number.Id);
        builder.HasIndex(number => number.Number).IsUnique().HasFilter("status <> 4");
        builder.Property(number => number.Lifecycle).HasConversion<short>();
        builder.Property(number => number.Status).HasConversion<short>();
    }
}
