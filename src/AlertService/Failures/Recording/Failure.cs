using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.AlertService.Failures.Recording;

/// <summary>A text of ours that failed, and what followed.</summary>
internal sealed class Failure
{
    public required MessageId MessageId { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    public int? Code { get; init; }

    public required FailureClass Class { get; init; }

    /// <summary>The gateway's word.</summary>
    public required string Outcome { get; init; }

    public required MessageDirection Direction { get; init; }

    public SessionId? SessionId { get; init; }

    public SitterId? SitterId { get; init; }

    public ClientId? ClientId { get; init; }

    /// <summary>The number of ours that it was sent from.</summary>
    public E164Number? Number { get; init; }

    /// <summary>The text that this one repeats, if it is a retry.</summary>
    public MessageId? RetryOf { get; init; }

    /// <summary>Whether it failed for good, so that it counts for the summary, unless it arrived after all.</summary>
    public required bool IsPermanent { get; set; }

    /// <summary>When it arrived after all, in UTC.</summary>
    public DateTimeOffset? ArrivedAt { get; init; }

    public FailureAlert Alert { get; set; }

    /// <summary>The alert's text to the sitter, if one was ordered.</summary>
    public MessageId? AlertId { get; set; }

    /// <summary>When that was ordered, in UTC.</summary>
    public DateTimeOffset? AlertedAt { get; set; }

    /// <summary>Whether the gateway said what became of the alert.</summary>
    public bool AlertSettled { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }
}

internal sealed class FailureConfiguration : IEntityTypeConfiguration<Failure>
{
    public void Configure(EntityTypeBuilder<Failure> builder)
    {
        builder.ToTable("failures");
        builder.HasKey(failure => failure.MessageId);
        builder.Property(failure => failure.MessageId).HasColumnName("message_id").ValueGeneratedNever();
        builder.Property(failure => failure.OrganisationId).HasColumnName("organisation_id");
        builder.Property(failure => failure.Code).HasColumnName("code");
        builder.Property(failure => failure.Class).HasColumnName("class").HasConversion<string>();
        builder.Property(failure => failure.Outcome).HasColumnName("outcome");
        builder.Property(failure => failure.Direction).HasColumnName("direction").HasConversion<string>();
        builder.Property(failure => failure.SessionId).HasColumnName("session_id");
        builder.Property(failure => failure.SitterId).HasColumnName("sitter_id");
        builder.Property(failure => failure.ClientId).HasColumnName("client_id");
        builder.Property(failure => failure.Number).HasColumnName("number");
        builder.Property(failure => failure.RetryOf).HasColumnName("retry_of");
        builder.Property(failure => failure.IsPermanent).HasColumnName("is_permanent");
        builder.Property(failure => failure.ArrivedAt).HasColumnName("arrived_at");
        builder.Property(failure => failure.Alert).HasColumnName("alert").HasConversion<string>();
        builder.Property(failure => failure.AlertId).HasColumnName("alert_id");
        builder.Property(failure => failure.AlertedAt).HasColumnName("alerted_at");
        builder.Property(failure => failure.AlertSettled).HasColumnName("alert_settled");
        builder.Property(failure => failure.OccurredAt).HasColumnName("occurred_at");
        builder.Property(failure => failure.RecordedAt).HasColumnName("recorded_at");
    }
}
