using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.AlertService.Failures.Retrying;

/// <summary>The one retry of a text.</summary>
internal sealed class PlannedRetry
{
    /// <summary>The text that failed.</summary>
    public required MessageId MessageId { get; init; }

    /// <summary>The text that repeats it.</summary>
    public required MessageId RetryId { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    public required long Conversation { get; init; }

    /// <summary>The failed text's place in its conversation.</summary>
    public required long Sequence { get; init; }

    public required RetryState State { get; set; }

    /// <summary>Why it was dropped.</summary>
    public string? Reason { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When the gateway was told, in UTC.</summary>
    public DateTimeOffset? OrderedAt { get; set; }
}

internal sealed class PlannedRetryConfiguration : IEntityTypeConfiguration<PlannedRetry>
{
    public void Configure(EntityTypeBuilder<PlannedRetry> builder)
    {
        builder.ToTable("retries");
        builder.HasKey(retry => retry.MessageId);
        builder.Property(retry => retry.MessageId).HasColumnName("message_id").ValueGeneratedNever();
        builder.Property(retry => retry.RetryId).HasColumnName("retry_id");
        builder.Property(retry => retry.OrganisationId).HasColumnName("organisation_id");
        builder.Property(retry => retry.Conversation).HasColumnName("conversation");
        builder.Property(retry => retry.Sequence).HasColumnName("sequence");
        builder.Property(retry => retry.State).HasColumnName("state").HasConversion<string>();
        builder.Property(retry => retry.Reason).HasColumnName("reason");
        builder.Property(retry => retry.DueAt).HasColumnName("due_at");
        builder.Property(retry => retry.OrderedAt).HasColumnName("ordered_at");
    }
}
