using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Sending;

/// <summary>A text that was asked for by its id and decided against: asking again changes nothing.</summary>
internal sealed class DroppedText
{
    /// <summary>The id that the text would have had.</summary>
    public required MessageId Id { get; init; }

    /// <summary>The failed text that it was about; may be unknown here.</summary>
    public required MessageId FailedId { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset DroppedAt { get; init; }
}

internal sealed class DroppedTextConfiguration : IEntityTypeConfiguration<DroppedText>
{
    public void Configure(EntityTypeBuilder<DroppedText> builder)
    {
        builder.ToTable("dropped_texts");
        builder.HasKey(text => text.Id);
    }
}
