using System.Runtime.CompilerServices;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Inventory;
using PhoneMasking.NumberService.Setup;

namespace PhoneMasking.NumberService.Doctor;

/// <summary>Looks for drift between the account and the inventory, and for numbers that failed or do not get on.</summary>
internal sealed class InventoryExamination(AccountNumbers numbers, IServiceScopeFactory scopes, TimeProvider clock) : IExamination
{
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    public async IAsyncEnumerable<Finding> ExamineAsync(
        DoctorCase examined,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var owned = examined.Numbers.Owned.Select(number => number.PhoneNumber).ToHashSet(StringComparer.Ordinal);
        foreach (var number in examined.Numbers.Inventory)
        {
            if (number.Number is { } own && !owned.Contains(own.Reveal()))
            {
                yield return new Finding(
                    own.Reveal(),
                    $"the account does not own it, and the inventory has it as {number.Lifecycle}",
                    number.Lifecycle == NumberLifecycle.ReservedActive
                        ? "give its sitter another number and retire it, in the console"
                        : "retire it, in the console");
            }
            else if (Trouble(number) is { } finding)
            {
                yield return finding;
            }
        }

        foreach (var unknown in examined.Numbers.Unknown)
        {
            yield return new Finding(
                unknown.PhoneNumber,
                "the account owns it, and the inventory does not know it",
                "--fix --import pool, or --import standby, takes it over")
            {
                Repair = examined.Import is { } lifecycle
                    ? repair => numbers.ImportAsync(OrganisationId.Default, [unknown], lifecycle, repair)
                    : null,
            };
        }

        await Task.CompletedTask;
    }

    private Finding? Trouble(OwnedNumber number)
    {
        var name = number.Number?.Reveal() ?? $"order of a {number.Lifecycle} number";
        return number switch
        {
            { Stage: NumberStage.Failed } => new Finding(
                name, $"failed: {ReasonWords.Explain(number.Reason)}{Code(number)}", "--fix sends it on its way again")
            {
                Repair = repair => ResumeAsync(number, repair),
            },
            { Stage: NumberStage.Intended or NumberStage.Bought or NumberStage.Attached }
                when ReasonWords.IsOutside(number.Reason, number.Tries) => new Finding(
                    name, $"waits: {ReasonWords.Explain(number.Reason)}{Code(number)}", "see there"),
            { Stage: NumberStage.Intended or NumberStage.Bought or NumberStage.Attached }
                when clock.GetUtcNow() - number.ChangedAt > Patience => new Finding(
                    name, $"does not get on: {ReasonWords.Explain(number.Reason)}{Code(number)}", "see whether NumberService runs"),
            _ => null,
        };
    }

    private async Task ResumeAsync(OwnedNumber number, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<NumberDesk>()
            .AttachAsync(number.OrganisationId, number.Id, cancellationToken);
    }

    private static string Code(OwnedNumber number) =>
        number.ErrorCode is { } code ? $" (Twilio code {code})" : string.Empty;
}
