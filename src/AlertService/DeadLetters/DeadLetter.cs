using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.AlertService.DeadLetters;

/// <summary>A message that no consumer could process. Each death is one: sent again and dead again makes a second one.</summary>
internal sealed class DeadLetter
{
    public required Guid Id { get; init; }

    public required Guid MessageId { get; init; }

    /// <summary>The queue that it was taken from.</summary>
    public required string Queue { get; init; }

    /// <summary>The contract's type name.</summary>
    public required string Type { get; init; }

    /// <summary>A word, for example <c>fault</c> or <c>delivery-limit</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>The exception's type name.</summary>
    public string? Fault { get; init; }

    /// <summary>Where it failed.</summary>
    public string? Details { get; init; }

    public string? ContentType { get; init; }

    /// <summary>The whole envelope, to be sent again; gone once settled. Personal data: never logged, never shown.</summary>
    public byte[]? Body { get; private set; }

    /// <summary>How often it had been sent again before it died.</summary>
    public required int SentBefore { get; init; }

    public DeadLetterState State { get; private set; }

    public required DateTimeOffset DiedAt { get; init; }

    public DateTimeOffset? SettledAt { get; private set; }

    public string? SettledBy { get; private set; }

    public string? Why { get; private set; }

    /// <summary>Settles an open one; its content is not needed any more.</summary>
    public void Settle(DeadLetterState state, string by, string? why, DateTimeOffset now) =>
        (State, SettledBy, Why, SettledAt, Body) = (state, by, why, now, null);

    public DeadLetterView ToView() => new(
        Id, Queue, Type, MessageId, Reason, Fault, Details, SentBefore, State, DiedAt, SettledAt, SettledBy, Why);
}

internal sealed class DeadLetterConfiguration : IEntityTypeConfiguration<DeadLetter>
{
    public void Configure(EntityTypeBuilder<DeadLetter> builder)
    {
        builder.ToTable("dead_letters");
        builder.HasKey(letter => letter.Id);
        builder.Property(letter => letter.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(letter => letter.MessageId).HasColumnName("message_id");
        builder.Property(letter => letter.Queue).HasColumnName("queue");
        builder.Property(letter => letter.Type).HasColumnName("type");
        builder.Property(letter => letter.Reason).HasColumnName("reason");
        builder.Property(letter => letter.Fault).HasColumnName("fault");
        builder.Property(letter => letter.Details).HasColumnName("details");
        builder.Property(letter => letter.ContentType).HasColumnName("content_type");
        builder.Property(letter => letter.Body).HasColumnName("body");
        builder.Property(letter => letter.SentBefore).HasColumnName("sent_before");
        builder.Property(letter => letter.State).HasColumnName("state").HasConversion<string>();
        builder.Property(letter => letter.DiedAt).HasColumnName("died_at");
        builder.Property(letter => letter.SettledAt).HasColumnName("settled_at");
        builder.Property(letter => letter.SettledBy).HasColumnName("settled_by");
        builder.Property(letter => letter.Why).HasColumnName("why");
    }
}
