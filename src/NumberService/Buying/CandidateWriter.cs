using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.NumberService.Provisioning;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.NumberService.Buying;

/// <summary>
/// Writes down which number is going to be bought, before Twilio is asked. One at a time over all instances, so that neither
/// the budget is exceeded nor a number chosen twice.
/// </summary>
internal sealed class CandidateWriter(
    IServiceScopeFactory scopes,
    IOptions<BuyingOptions> buying,
    IOptions<ProvisioningOptions> provisioning,
    TimeProvider clock)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Takes the first of the offered numbers that nobody has, in place of the candidate there was.</summary>
    public async Task<CandidateChoice> WriteAsync(
        Step step,
        IReadOnlyList<E164Number> offered,
        CancellationToken cancellationToken)
    {
        var now = clock.GetStorableNow();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NumberDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtext('numbers.budget'))", cancellationToken);
        if (await StepLedger.LockAsync(db, step, cancellationToken) is not { } number)
        {
            return new CandidateChoice.Lost();
        }

        if (await CheckBudgetAsync(db, number.Id, now, cancellationToken) is { } over)
        {
            return over;
        }

        if (await ChooseAsync(db, offered, cancellationToken) is not { } chosen)
        {
            return new CandidateChoice.NoneFree();
        }

        number.Candidate = chosen;
        number.NextStepAt = now + provisioning.Value.Lease;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        step.Lease = number.NextStepAt.Value;
        return new CandidateChoice.Chosen(chosen);
    }

    // A candidate counts as bought: whether it is shows later.
    private async Task<CandidateChoice?> CheckBudgetAsync(
        NumberDbContext db,
        NumberId order,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var budget = buying.Value.Budget;
        var since = now - Day;
        var underWay = await db.Numbers.CountAsync(
            number => number.Candidate != null && number.Id != order, cancellationToken);
        var owned = await db.Numbers.CountAsync(
            number => number.Number != null && number.Stage != NumberStage.Retired, cancellationToken);
        if (owned + underWay >= budget.Total)
        {
            return new CandidateChoice.OverTotalBudget();
        }

        var bought = await db.Numbers
            .Where(number => number.PurchasedAt > since)
            .OrderBy(number => number.PurchasedAt)
            .Select(number => number.PurchasedAt!.Value)
            .ToListAsync(cancellationToken);
        if (bought.Count + underWay < budget.PerDay)
        {
            return null;
        }

        return new CandidateChoice.OverDailyBudget(bought.Count < budget.PerDay
            ? provisioning.Value.SettleTime
            : bought[bought.Count - budget.PerDay] - since);
    }

    private static async Task<E164Number?> ChooseAsync(
        NumberDbContext db,
        IReadOnlyList<E164Number> offered,
        CancellationToken cancellationToken)
    {
        var numbers = offered.Select(number => number.Reveal()).ToArray();
        var taken = await db.Database
            .SqlQuery<string>($"""
                SELECT number AS "Value" FROM numbers.numbers WHERE number = ANY ({numbers})
                UNION SELECT candidate FROM numbers.numbers WHERE candidate = ANY ({numbers})
                UNION SELECT real_number FROM numbers.sitters WHERE active AND real_number = ANY ({numbers})
                """)
            .ToListAsync(cancellationToken);
        return offered.FirstOrDefault(number => !taken.Contains(number.Reveal()));
    }
}
