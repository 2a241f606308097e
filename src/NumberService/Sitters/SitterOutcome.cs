using MassTransit;
using PhoneMasking.Contracts;

namespace PhoneMasking.NumberService.Sitters;

/// <summary>Every way a request about one sitter can end.</summary>
internal abstract record SitterOutcome
{
    private SitterOutcome()
    {
    }

    /// <summary>The sitter as it is now.</summary>
    public sealed record Done(SitterView Sitter) : SitterOutcome;

    /// <summary>Nothing was changed.</summary>
    public sealed record No(Refused Refused) : SitterOutcome;

    /// <summary>Sends the contract's answer.</summary>
    public Task AnswerAsync(ConsumeContext context) => this switch
    {
        Done done => context.RespondAsync(done.Sitter),
        No no => context.RespondAsync(no.Refused),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
