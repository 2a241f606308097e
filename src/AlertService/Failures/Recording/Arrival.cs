using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.AlertService.Failures.Recording;

/// <summary>
/// What is remembered of a text that arrived or failed: whoever writes it waits here for the other, so that it does not
/// matter which of the two reports comes first.
/// </summary>
internal sealed class Arrival
{
    public required MessageId MessageId { get; init; }

    /// <summary>When it arrived, in UTC; none while only a failure is known.</summary>
    public DateTimeOffset? ArrivedAt { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }
}

internal sealed class ArrivalConfiguration : IEntityTypeConfiguration<Arrival>
{
    public void Configure(EntityTypeBuilder<Arrival> builder)
    {
        builder.ToTable("arrivals");
        builder.HasKey(arrival => arrival.MessageId);
        builder.Property(arrival => arrival.MessageId).HasColumnName("message_id").ValueGeneratedNever();
        builder.Property(arrival => arrival.ArrivedAt).HasColumnName("arrived_at");
        builder.Property(arrival => arrival.RecordedAt).HasColumnName("recorded_at");
    }
}
