using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PhoneMasking.AlertService.DeadLetters;

/// <summary>
/// A message that RabbitMQ took out of a queue because it was delivered too often, for example because it ends the process.
/// </summary>
internal sealed class DeadLetter
{
    public required Guid MessageId { get; init; }

    /// <summary>The queue that it was taken out of.</summary>
    public required string Queue { get; init; }

    /// <summary>The contract's type name.</summary>
    public required string Type { get; init; }

    /// <summary>RabbitMQ's word, for example <c>delivery_limit</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>The whole envelope, to be replayed. Personal data: never logged.</summary>
    public required string Body { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }
}

internal sealed class DeadLetterConfiguration : IEntityTypeConfiguration<DeadLetter>
{
    public void Configure(EntityTypeBuilder<DeadLetter> builder)
    {
        builder.ToTable("dead_letters");
        builder.HasKey(letter => new { letter.MessageId, letter.Queue });
        builder.Property(letter => letter.MessageId).HasColumnName("message_id");
        builder.Property(letter => letter.Queue).HasColumnName("queue");
        builder.Property(letter => letter.Type).HasColumnName("type");
        builder.Property(letter => letter.Reason).HasColumnName("reason");
        builder.Property(letter => letter.Body).HasColumnName("body");
        builder.Property(letter => letter.ReceivedAt).HasColumnName("received_at");
    }
}
