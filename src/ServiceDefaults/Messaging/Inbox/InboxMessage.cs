using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PhoneMasking.ServiceDefaults.Messaging.Inbox;

/// <summary>A message whose effect has been committed, so that its second delivery has none.</summary>
public sealed class InboxMessage
{
    /// <summary>The message's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The consumer that it had its effect in.</summary>
    public required string Consumer { get; init; }

    /// <summary>When, in UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
}

internal sealed class InboxMessageConfiguration : IEntityTypeConfiguration<InboxMessage>
{
    public void Configure(EntityTypeBuilder<InboxMessage> builder)
    {
        builder.ToTable("inbox");
        builder.HasKey(message => new { message.Id, message.Consumer });
        builder.Property(message => message.Id).HasColumnName("id");
        builder.Property(message => message.Consumer).HasColumnName("consumer");
        builder.Property(message => message.ReceivedAt).HasColumnName("received_at");
    }
}
