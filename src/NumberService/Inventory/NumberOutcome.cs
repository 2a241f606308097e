using System.Diagnostics;
using MassTransit;
using PhoneMasking.Contracts;

namespace PhoneMasking.NumberService.Inventory;

/// <summary>Every way a request about one number can end.</summary>
internal abstract record NumberOutcome
{
    private NumberOutcome()
    {
    }

    /// <summary>The number as it is now.</summary>
    public sealed record Done(NumberView Number) : NumberOutcome;

    /// <summary>Nothing was changed.</summary>
    public sealed record No(Refused Refused) : NumberOutcome;

    /// <summary>Sends the contract's answer.</summary>
    public Task AnswerAsync(ConsumeContext context) => this switch
    {
        Done done => context.RespondAsync(done.Number),
        No no => context.RespondAsync(no.Refused),
        _ => throw new UnreachableException(),
    };
}
