using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PhoneMasking.ServiceDefaults.Messaging.Outbox;

/// <summary>A message of <c>PhoneMasking.Contracts</c> that waits to be published: committed with the change it tells of.</summary>
public sealed class OutboxMessage
{
    /// <summary>The message's id on the bus; stays the same when it is published again.</summary>
    public required Guid Id { get; init; }

    /// <summary>The order of publishing; given by the database.</summary>
    public long Sequence { get; init; }

    /// <summary>The contract's type name, for example <c>SessionOpened</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The contract as JSON.</summary>
    public required string Body { get; init; }

    /// <summary>W3C traceparent of the work that wrote it, so that the trace goes on behind the bus.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Published from this time on, in UTC; later than the writing only after a failed try.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Tries that failed.</summary>
    public int Attempts { get; init; }

    /// <summary>Makes an outbox row of a contract.</summary>
    /// <typeparam name="TMessage">The contract's type.</typeparam>
    /// <param name="message">The contract.</param>
    /// <param name="now">The time, in UTC.</param>
    public static OutboxMessage Of<TMessage>(TMessage message, DateTimeOffset now)
        where TMessage : class => new()
        {
            Id = Guid.CreateVersion7(now),
            Type = typeof(TMessage).Name,
            Body = JsonSerializer.Serialize(message, JsonSerializerOptions.Web),
            TraceParent = Activity.Current?.Id,
            DueAt = now,
        };
}

internal sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.ToTable("outbox");
        builder.HasKey(message => message.Id);
        builder.Property(message => message.Id).HasColumnName("id");
        builder.Property(message => message.Sequence).HasColumnName("sequence").UseIdentityAlwaysColumn();
        builder.Property(message => message.Type).HasColumnName("type");
        builder.Property(message => message.Body).HasColumnName("body");
        builder.Property(message => message.TraceParent).HasColumnName("trace_parent");
        builder.Property(message => message.DueAt).HasColumnName("due_at");
        builder.Property(message => message.Attempts).HasColumnName("attempts");
    }
}
