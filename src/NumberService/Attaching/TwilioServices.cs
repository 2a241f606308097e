using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.NumberService.Attaching;

/// <summary>The services at Twilio that an organisation's numbers are put in, as <c>setup</c> made or found them.</summary>
internal sealed class TwilioServices
{
    public required OrganisationId OrganisationId { get; init; }

    /// <summary><c>MG</c> and 32 hexadecimal digits.</summary>
    public string? MessagingServiceSid { get; set; }

    /// <summary><c>KS</c> and 32 hexadecimal digits.</summary>
    public string? ProxyServiceSid { get; set; }
}

internal sealed class TwilioServicesConfiguration : IEntityTypeConfiguration<TwilioServices>
{
    public void Configure(EntityTypeBuilder<TwilioServices> builder)
    {
        builder.ToTable("twilio_services");
        builder.HasKey(services => services.OrganisationId);
        builder.Property(services => services.OrganisationId).HasColumnName("organisation_id").ValueGeneratedNever();
        builder.Property(services => services.MessagingServiceSid).HasColumnName("messaging_service_sid");
        builder.Property(services => services.ProxyServiceSid).HasColumnName("proxy_service_sid");
    }
}
