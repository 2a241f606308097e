using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Status;

/// <summary>One report of Twilio about a text: the complete history, also of texts that are not known.</summary>
internal sealed class StatusEvent
{
    public required string ProviderSid { get; init; }

    public required string Status { get; init; }

    public MessageId? MessageId { get; init; }

    public int? ErrorCode { get; init; }

    public required string Payload { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }
}

internal sealed class StatusEventConfiguration : IEntityTypeConfiguration<StatusEvent>
{
    public void Configure(EntityTypeBuilder<StatusEvent> builder)
    {
        builder.ToTable("status_events");
        builder.HasKey(report => new { report.ProviderSid, report.Status });
        builder.Property(report => report.Payload).HasColumnType("jsonb");
    }
}
