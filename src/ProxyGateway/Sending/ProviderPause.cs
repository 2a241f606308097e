using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PhoneMasking.ProxyGateway.Sending;

/// <summary>Until when no instance calls Twilio for an account, because Twilio asked for it.</summary>
internal sealed class ProviderPause
{
    public required string AccountSid { get; init; }

    public required DateTimeOffset Until { get; init; }
}

internal sealed class ProviderPauseConfiguration : IEntityTypeConfiguration<ProviderPause>
{
    public void Configure(EntityTypeBuilder<ProviderPause> builder)
    {
        builder.ToTable("provider_pauses");
        builder.HasKey(pause => pause.AccountSid);
    }
}
