using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Inventory;

namespace PhoneMasking.NumberService.Assigning;

/// <summary>Every way giving or taking a number can end.</summary>
internal abstract record AssignmentOutcome
{
    private AssignmentOutcome()
    {
    }

    /// <summary>The number as it is now.</summary>
    public sealed record Done(NumberView Number) : AssignmentOutcome;

    /// <summary>Nothing was changed.</summary>
    public sealed record No(Refused Refused) : AssignmentOutcome;

    public static AssignmentOutcome Of(OwnedNumber number) => new Done(number.ToView());

    public static AssignmentOutcome Of(Refused refused) => new No(refused);

    public static AssignmentOutcome Conflict(string problem, string detail, string field) =>
        new No(new Refused(RefusalKind.Conflict, problem, detail, field));

    /// <summary>For the log: a word of a closed set.</summary>
    public string Word => this is No no ? no.Refused.Problem : "done";

    /// <summary>Sends the contract's answer.</summary>
    public Task AnswerAsync(ConsumeContext context) => this switch
    {
        Done done => context.RespondAsync(done.Number),
        No no => context.RespondAsync(no.Refused),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
