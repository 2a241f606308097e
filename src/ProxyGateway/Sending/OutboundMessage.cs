using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Sending;

/// <summary>
/// Where a text of ours stands. The values are stored, and a higher one always wins, so that reports may arrive in any
/// order and any number of times; below <see cref="Sent"/> it is still ours to send.
/// </summary>
internal enum OutboundState : short
{
    /// <summary>Waits for its turn.</summary>
    Pending = 0,

    /// <summary>An instance is handing it to Twilio, until its lease ends.</summary>
    Sending = 1,

    /// <summary>Twilio may have it or not: its list is asked before it is sent again.</summary>
    Unknown = 2,

    /// <summary>Twilio accepted it.</summary>
    Sent = 3,

    /// <summary>Canceled at Twilio.</summary>
    Canceled = 4,

    /// <summary>Refused by Twilio, or reported as failed.</summary>
    Failed = 5,

    /// <summary>Reported as undelivered.</summary>
    Undelivered = 6,

    /// <summary>Reported as delivered.</summary>
    Delivered = 7,
}

/// <summary>A text of ours. Personal data.</summary>
internal sealed class OutboundMessage
{
    public required MessageId Id { get; init; }

    /// <summary>The order of sending within a conversation; given by the database.</summary>
    public long Sequence { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    /// <summary>The text that caused it. With <see cref="Part"/> unique, so that it is caused once.</summary>
    public MessageId? InboundId { get; init; }

    /// <summary>Counts the parts of a split text from 0; texts that explain start at 100.</summary>
    public required short Part { get; init; }

    /// <summary>The text that failed and that this one repeats. Unique: a text is repeated once.</summary>
    public MessageId? RetryOf { get; init; }

    public required MessageDirection Direction { get; init; }

    public SessionId? SessionId { get; init; }

    public SitterId? SitterId { get; init; }

    public ClientId? ClientId { get; init; }

    public required E164Number FromNumber { get; init; }

    public required E164Number ToNumber { get; init; }

    /// <summary>Hash of (from, to): the texts that must stay in order. Computed by the database.</summary>
    public long Conversation { get; init; }

    public required string Body { get; init; }

    public required string[] Media { get; init; }

    public OutboundState State { get; set; }

    /// <summary>1 below <see cref="OutboundState.Sent"/>, else null; what indexes ask. Computed by the database.</summary>
    public short? Unsent { get; init; }

    public int Attempts { get; set; }

    /// <summary>Not tried before this time; while <see cref="OutboundState.Sending"/>, the end of the lease.</summary>
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>When it was last handed to Twilio.</summary>
    public DateTimeOffset? AttemptedAt { get; set; }

    public string? ProviderSid { get; set; }

    public int? ErrorCode { get; set; }

    public string? TraceParent { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class OutboundMessageConfiguration : IEntityTypeConfiguration<OutboundMessage>
{
    public void Configure(EntityTypeBuilder<OutboundMessage> builder)
    {
        builder.ToTable("outbound");
        builder.HasKey(message => message.Id);
        builder.Property(message => message.Sequence).UseIdentityAlwaysColumn();
        builder.Property(message => message.Conversation).ValueGeneratedOnAddOrUpdate();
        builder.Property(message => message.Unsent).ValueGeneratedOnAddOrUpdate();
        builder.Property(message => message.Direction).HasConversion<short>();
        builder.Property(message => message.State).HasConversion<short>();
    }
}
