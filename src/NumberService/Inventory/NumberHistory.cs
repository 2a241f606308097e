using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.NumberService.Inventory;

/// <summary>One change of a number. Written by a trigger of the database, so that no change can go without.</summary>
internal sealed class NumberHistory
{
    public required NumberId NumberId { get; init; }

    public required long Version { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    public required NumberStage Stage { get; init; }

    public required NumberLifecycle Lifecycle { get; init; }

    public SitterId? SitterId { get; init; }

    public ClientId? ClientId { get; init; }

    public string? Reason { get; init; }

    public int? ErrorCode { get; init; }

    public NumberHistoryEntry ToView() => new(OccurredAt, Stage, Lifecycle, SitterId, ClientId, Reason, ErrorCode);
}

internal sealed class NumberHistoryConfiguration : IEntityTypeConfiguration<NumberHistory>
{
    public void Configure(EntityTypeBuilder<NumberHistory> builder)
    {
        builder.ToTable("history");
        builder.HasKey(entry => new { entry.NumberId, entry.Version });
        builder.Property(entry => entry.NumberId).HasColumnName("number_id");
        builder.Property(entry => entry.Version).HasColumnName("version");
        builder.Property(entry => entry.OrganisationId).HasColumnName("organisation_id");
        builder.Property(entry => entry.OccurredAt).HasColumnName("occurred_at");
        builder.Property(entry => entry.Stage).HasColumnName("stage").HasConversion<string>();
        builder.Property(entry => entry.Lifecycle).HasColumnName("lifecycle").HasConversion<string>();
        builder.Property(entry => entry.SitterId).HasColumnName("sitter_id");
        builder.Property(entry => entry.ClientId).HasColumnName("client_id");
        builder.Property(entry => entry.Reason).HasColumnName("reason");
        builder.Property(entry => entry.ErrorCode).HasColumnName("error_code");
    }
}
