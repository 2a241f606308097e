using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.OptOuts;

/// <summary>
/// A person who wants no texts from one of our numbers, or wants them again. Twilio keeps opt-outs, too (21610): for the number, or
/// for all numbers of its Messaging Service.
/// </summary>
internal sealed class OptOut
{
    public required E164Number OurNumber { get; init; }

    public required E164Number Number { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    /// <summary>Since when they have opted out, in UTC; none when they are in again: such a row goes after a while.</summary>
    public DateTimeOffset? OptedOutAt { get; init; }

    /// <summary>When they last opted in, in UTC; none when they never did.</summary>
    public DateTimeOffset? OptedInAt { get; init; }

    /// <summary>Only a refusal told of it, not the person: they may have written STOP to another number of the Messaging Service.</summary>
    public bool ByRefusal { get; init; }
}

internal sealed class OptOutConfiguration : IEntityTypeConfiguration<OptOut>
{
    public void Configure(EntityTypeBuilder<OptOut> builder)
    {
        builder.ToTable("opt_outs");
        builder.HasKey(optOut => new { optOut.OurNumber, optOut.Number });
    }
}
