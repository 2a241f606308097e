using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Buying;
using PhoneMasking.NumberService.Inventory;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.NumberService.Setup;

/// <summary>
/// Orders exactly what is missing, in one transaction that holds the organisation: two runs at once, or a monitor beside
/// one, order it once.
/// </summary>
internal sealed class SetupOrders(IServiceScopeFactory scopes, IOptions<SetupOptions> options, TimeProvider clock)
{
    // What waited for somebody is tried again at once; the reasons of before say nothing about this run.
    private static readonly NumberStage[] OnTheirWay = [NumberStage.Intended, NumberStage.Bought, NumberStage.Attached];

    /// <summary>What would be ordered with this inventory.</summary>
    public NumberPlan Plan(SetupRequest request, IEnumerable<OwnedNumber> inventory) => NumberPlan.Of(
        request.Reserved ?? options.Value.Reserved,
        request.Pool ?? options.Value.Pool,
        request.Standby ?? options.Value.Standby,
        inventory);

    /// <summary>What would be ordered now.</summary>
    public async Task<NumberPlan> PlanAsync(
        OrganisationId organisation,
        SetupRequest request,
        CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await PlanAsync(
            scope.ServiceProvider.GetRequiredService<NumberDbContext>(), organisation, request, cancellationToken);
    }

    /// <summary>Orders what is missing, but no more than was agreed to.</summary>
    /// <returns>How many numbers were ordered.</returns>
    public async Task<int> OrderAsync(
        OrganisationId organisation,
        SetupRequest request,
        NumberPlan agreed,
        CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NumberDbContext>();
        var orders = scope.ServiceProvider.GetRequiredService<NumberOrders>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.HoldOrganisationAsync(organisation, cancellationToken);
        var plan = await PlanAsync(db, organisation, request, cancellationToken);
        var orderId = Guid.CreateVersion7(clock.GetUtcNow());
        short line = 0;
        foreach (var (now, before) in plan.Lines.Zip(agreed.Lines))
        {
            for (var count = Math.Min(now.Missing, before.Missing); count > 0; count--)
            {
                var purpose = now.Lifecycle == NumberLifecycle.Pool
                    ? NumberPurpose.PoolExpansion
                    : NumberPurpose.StandbyReplenishment;
                await orders.AddAsync(
                    organisation, now.Lifecycle, purpose, orderId, line++, null, null, cancellationToken);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return line;
    }

    /// <summary>Sends on their way what failed, and at once what waits for a later time.</summary>
    public async Task ResumeAsync(OrganisationId organisation, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NumberDbContext>();
        var desk = scope.ServiceProvider.GetRequiredService<NumberDesk>();
        var failed = await db.Numbers
            .Where(number => number.OrganisationId == organisation && number.Stage == NumberStage.Failed)
            .Select(number => number.Id)
            .ToListAsync(cancellationToken);
        foreach (var id in failed)
        {
            await desk.AttachAsync(organisation, id, cancellationToken);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.GetStorableNow();
        var waiting = await db.Numbers
            .FromSql($"SELECT * FROM numbers.numbers WHERE organisation_id = {organisation.Value} ORDER BY id FOR UPDATE")
            .Where(number => OnTheirWay.Contains(number.Stage)
                && number.Reason != null)
            .ToListAsync(cancellationToken);
        foreach (var number in waiting.Where(number => ReasonWords.IsOutside(number.Reason, int.MaxValue)))
        {
            number.Reason = null;
            number.ErrorCode = null;
            number.Tries = 0;
            number.NextStepAt = now;
            number.Touch(now);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<NumberPlan> PlanAsync(
        NumberDbContext db,
        OrganisationId organisation,
        SetupRequest request,
        CancellationToken cancellationToken)
    {
        var inventory = await db.Numbers
            .AsNoTracking()
            .Where(number => number.OrganisationId == organisation && number.Stage != NumberStage.Retired)
            .ToListAsync(cancellationToken);
        return Plan(request, inventory);
    }
}
