using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.OptOuts;

/// <summary>A person who wants no texts from one of our numbers. Twilio keeps opt-outs per number, too (21610).</summary>
internal sealed class OptOut
{
    public required E164Number OurNumber { get; init; }

    public required E164Number Number { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    public required DateTimeOffset OptedOutAt { get; init; }
}

internal sealed class OptOutConfiguration : IEntityTypeConfiguration<OptOut>
{
    public void Configure(EntityTypeBuilder<OptOut> builder)
    {
        builder.ToTable("opt_outs");
        builder.HasKey(optOut => new { optOut.OurNumber, optOut.Number });
    }
}
