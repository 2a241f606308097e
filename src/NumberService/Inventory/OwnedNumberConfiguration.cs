using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.NumberService.Sitters;

namespace PhoneMasking.NumberService.Inventory;

internal sealed class OwnedNumberConfiguration : IEntityTypeConfiguration<OwnedNumber>
{
    public void Configure(EntityTypeBuilder<OwnedNumber> builder)
    {
        builder.ToTable("numbers");
        builder.HasKey(number => number.Id);
        builder.Ignore(number => number.Status);
        builder.Ignore(number => number.AttachStatus);
        builder.Property(number => number.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(number => number.OrganisationId).HasColumnName("organisation_id");
        builder.Property(number => number.Number).HasColumnName("number");
        builder.Property(number => number.Lifecycle).HasColumnName("lifecycle").HasConversion<string>();
        builder.Property(number => number.Stage).HasColumnName("stage").HasConversion<string>();
        builder.Property(number => number.Purpose).HasColumnName("purpose").HasConversion<string>();
        builder.Property(number => number.OrderId).HasColumnName("order_id");
        builder.Property(number => number.OrderLine).HasColumnName("order_line");
        builder.Property(number => number.AreaCode).HasColumnName("area_code");
        builder.Property(number => number.Candidate).HasColumnName("candidate");
        builder.Property(number => number.TwilioSid).HasColumnName("twilio_sid");
        builder.Property(number => number.PurchasedAt).HasColumnName("purchased_at");
        builder.Property(number => number.AttachedAt).HasColumnName("attached_at");
        builder.Property(number => number.VerificationStatus).HasColumnName("verification_status").HasConversion<string>();
        builder.Property(number => number.VerificationMessageId).HasColumnName("verification_message_id");
        builder.Property(number => number.VerificationDeadline).HasColumnName("verification_deadline");
        builder.Property(number => number.SitterId).HasColumnName("sitter_id");
        builder.Property(number => number.ClientId).HasColumnName("client_id");
        builder.Property(number => number.FormerSitterId).HasColumnName("former_sitter_id");
        builder.Property(number => number.RestsUntil).HasColumnName("rests_until");
        builder.Property(number => number.Tries).HasColumnName("tries");
        builder.Property(number => number.NextStepAt).HasColumnName("next_step_at");
        builder.Property(number => number.FailedStep).HasColumnName("failed_step");
        builder.Property(number => number.Reason).HasColumnName("reason");
        builder.Property(number => number.ErrorCode).HasColumnName("error_code");
        builder.Property(number => number.Version).HasColumnName("version").IsConcurrencyToken();
        builder.Property(number => number.CreatedAt).HasColumnName("created_at");
        builder.Property(number => number.ChangedAt).HasColumnName("changed_at");
        builder.HasOne<Sitter>()
            .WithOne(sitter => sitter.Reserved)
            .HasForeignKey<OwnedNumber>(number => number.SitterId);
    }
}
