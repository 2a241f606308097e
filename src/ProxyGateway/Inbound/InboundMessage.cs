using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Inbound;

/// <summary>Where a text that came in stands. The values are stored.</summary>
internal enum InboundState : short
{
    /// <summary>Stored; not decided yet where it goes, perhaps because nobody is known whom it could be for.</summary>
    Received = 0,

    /// <summary>Handed to sending.</summary>
    Relayed = 1,

    /// <summary>Waits for a free pool number.</summary>
    Held = 2,

    /// <summary>Stored and audited, not passed on.</summary>
    NotRelayed = 3,
}

/// <summary>A text that came in, with everything that Twilio said of it. Personal data.</summary>
internal sealed class InboundMessage
{
    public required MessageId Id { get; init; }

    /// <summary>The order of arrival; given by the database.</summary>
    public long Sequence { get; init; }

    /// <summary>Twilio's MessageSid: a second delivery of it changes nothing.</summary>
    public required string ProviderSid { get; init; }

    /// <summary>The sender: a number, a short code, a name.</summary>
    public required string FromAddress { get; init; }

    public required string ToAddress { get; init; }

    /// <summary>Hash of (to, from): the texts that must stay in order. Computed by the database.</summary>
    public long Conversation { get; init; }

    public required string Body { get; init; }

    /// <summary>Where the pictures are.</summary>
    public required string[] Media { get; init; }

    /// <summary>All of the webhook's parameters, as JSON.</summary>
    public required string Payload { get; init; }

    public InboundState State { get; set; }

    /// <summary>Why it was not relayed; see <see cref="MessageNotRelayed"/>.</summary>
    public string? Reason { get; set; }

    /// <summary>Until when it waits for news of its number or sender, in UTC; none when it does not, or never did.</summary>
    public DateTimeOffset? DecideBy { get; set; }

    /// <summary>How often it was queued again because nothing had decided on it.</summary>
    public short Reminders { get; init; }

    /// <summary>When it may be queued again for that, in UTC; none when it has not been yet.</summary>
    public DateTimeOffset? RemindAt { get; init; }

    public OrganisationId? OrganisationId { get; set; }

    public SessionId? SessionId { get; set; }

    /// <summary>W3C traceparent of the webhook.</summary>
    public string? TraceParent { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }
}

internal sealed class InboundMessageConfiguration : IEntityTypeConfiguration<InboundMessage>
{
    public void Configure(EntityTypeBuilder<InboundMessage> builder)
    {
        builder.ToTable("inbound");
        builder.HasKey(message => message.Id);
        builder.Property(message => message.Sequence).UseIdentityAlwaysColumn();
        builder.Property(message => message.Conversation).ValueGeneratedOnAddOrUpdate();
        builder.Property(message => message.Payload).HasColumnType("jsonb");
        builder.Property(message => message.State).HasConversion<short>();
    }
}
