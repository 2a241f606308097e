using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.NumberService.Setup;

/// <summary>
/// That something is being created at Twilio, written before Twilio is asked: whoever comes after a crash waits until it
/// must be listed, and makes no second one.
/// </summary>
internal sealed class SetupIntent
{
    public const string MessagingService = "messaging-service";

    public required OrganisationId OrganisationId { get; init; }

    public required string Kind { get; init; }

    public required DateTimeOffset AskedAt { get; set; }
}

internal sealed class SetupIntentConfiguration : IEntityTypeConfiguration<SetupIntent>
{
    public void Configure(EntityTypeBuilder<SetupIntent> builder)
    {
        builder.ToTable("setup_intents");
        builder.HasKey(intent => new { intent.OrganisationId, intent.Kind });
        builder.Property(intent => intent.OrganisationId).HasColumnName("organisation_id");
        builder.Property(intent => intent.Kind).HasColumnName("kind");
        builder.Property(intent => intent.AskedAt).HasColumnName("asked_at");
    }
}
