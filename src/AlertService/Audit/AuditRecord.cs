using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.AlertService.Audit;

/// <summary>A line of the audit log: ids and words of closed sets, never a number and never a text.</summary>
internal sealed class AuditRecord
{
    private const int LongestReason = 200;
    private const int LongestDetails = 500;

    /// <summary>The id of the event, which is its message's unless it came with others, so that a second delivery adds no second line.</summary>
    public required Guid Id { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    public required string Event { get; init; }

    public required string Category { get; init; }

    public required string Severity { get; init; }

    public string? Reason { get; init; }

    public SitterId? SitterId { get; init; }

    public ClientId? ClientId { get; init; }

    public NumberId? NumberId { get; init; }

    public SessionId? SessionId { get; init; }

    public MessageId? MessageId { get; init; }

    public ApiKeyId? ApiKeyId { get; init; }

    public string? Details { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Makes the line of an event.</summary>
    /// <param name="id">The event's id.</param>
    /// <param name="name">The event's type name.</param>
    /// <param name="happened">The event.</param>
    /// <param name="now">The time, in UTC.</param>
    public static AuditRecord Of(Guid id, string name, IAuditedEvent happened, DateTimeOffset now)
    {
        var kind = AuditClass.Of(name, happened.Category);
        return new AuditRecord
        {
            Id = id,
            OrganisationId = happened.OrganisationId,
            Event = name,
            Category = kind.Category,
            Severity = kind.Severity,
            Reason = PlainWords.Of(happened.Reason, LongestReason),
            SitterId = happened.SitterId,
            ClientId = happened.ClientId,
            NumberId = happened.NumberId,
            SessionId = happened.SessionId,
            MessageId = happened.MessageId,
            ApiKeyId = happened.ApiKeyId,
            Details = PlainWords.Of(happened.Details, LongestDetails),
            OccurredAt = happened.OccurredAt,
            RecordedAt = now,
        };
    }

    public AuditView ToView() => new(
        Id, Event, Category, Severity, Reason, SitterId, ClientId, NumberId, SessionId, MessageId, ApiKeyId, OccurredAt, Details);
}

internal sealed class AuditRecordConfiguration : IEntityTypeConfiguration<AuditRecord>
{
    public void Configure(EntityTypeBuilder<AuditRecord> builder)
    {
        builder.ToTable("audit");
        builder.HasKey(record => record.Id);
        builder.Property(record => record.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(record => record.OrganisationId).HasColumnName("organisation_id");
        builder.Property(record => record.Event).HasColumnName("event");
        builder.Property(record => record.Category).HasColumnName("category");
        builder.Property(record => record.Severity).HasColumnName("severity");
        builder.Property(record => record.Reason).HasColumnName("reason");
        builder.Property(record => record.SitterId).HasColumnName("sitter_id");
        builder.Property(record => record.ClientId).HasColumnName("client_id");
        builder.Property(record => record.NumberId).HasColumnName("number_id");
        builder.Property(record => record.SessionId).HasColumnName("session_id");
        builder.Property(record => record.MessageId).HasColumnName("message_id");
        builder.Property(record => record.ApiKeyId).HasColumnName("api_key_id");
        builder.Property(record => record.Details).HasColumnName("details");
        builder.Property(record => record.OccurredAt).HasColumnName("occurred_at");
        builder.Property(record => record.RecordedAt).HasColumnName("recorded_at");
    }
}
