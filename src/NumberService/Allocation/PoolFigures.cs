using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.NumberService.Allocation;

/// <summary>How full an organisation's pool is, counted by the database's view <c>pool_now</c>.</summary>
internal sealed class PoolFigures
{
    public required OrganisationId OrganisationId { get; init; }

    public int Available { get; init; }

    public int Reserved { get; init; }

    public int Assigned { get; init; }
}

internal sealed class PoolFiguresConfiguration : IEntityTypeConfiguration<PoolFigures>
{
    public void Configure(EntityTypeBuilder<PoolFigures> builder)
    {
        builder.ToView("pool_now").HasNoKey();
        builder.Property(figures => figures.OrganisationId).HasColumnName("organisation_id");
        builder.Property(figures => figures.Available).HasColumnName("available");
        builder.Property(figures => figures.Reserved).HasColumnName("reserved");
        builder.Property(figures => figures.Assigned).HasColumnName("assigned");
    }
}
