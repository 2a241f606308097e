using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.NumberService.Provisioning;

/// <summary>Takes numbers whose next step is due. Instances share them (SKIP LOCKED); a crash leaves them to their leases.</summary>
internal sealed class StepClaims(
    IServiceScopeFactory scopes,
    IOptions<ProvisioningOptions> options,
    TimeProvider clock)
{
    /// <summary>Claims at most so many numbers, those first that have been due longest.</summary>
    public async Task<IReadOnlyList<Step>> TakeAsync(int most, CancellationToken cancellationToken)
    {
        var now = clock.GetStorableNow();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NumberDbContext>();
        var claimed = await db.Numbers
            .FromSql($"""
                UPDATE numbers.numbers SET next_step_at = {now + options.Value.Lease}
                WHERE id IN (
                    SELECT id FROM numbers.numbers
                    WHERE next_step_at <= {now}
                        OR (stage = 'Resting' AND rests_until <= {now} AND next_step_at IS NULL)
                    ORDER BY next_step_at LIMIT {most} FOR UPDATE SKIP LOCKED)
                RETURNING *
                """)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return [.. claimed.Select(number => new Step(number))];
    }

    /// <summary>Makes the lease as long as a new one.</summary>
    /// <returns><see langword="false"/> when the number is not this step's any more.</returns>
    public async Task<bool> RenewAsync(Step step, CancellationToken cancellationToken)
    {
        var until = clock.GetStorableNow() + options.Value.Lease;
        if (!await MoveAsync(step, until, cancellationToken))
        {
            return false;
        }

        step.Lease = until;
        return true;
    }

    /// <summary>Gives a number back whose step could not be recorded.</summary>
    public Task ReleaseAsync(Step step, CancellationToken cancellationToken) =>
        MoveAsync(step, clock.GetStorableNow() + options.Value.RetryDelay, cancellationToken);

    public async Task<IReadOnlyDictionary<NumberStage, int>> CountAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NumberDbContext>();
        return await db.Numbers
            .GroupBy(number => number.Stage)
            .Select(stage => new { Stage = stage.Key, Count = stage.Count() })
            .ToDictionaryAsync(stage => stage.Stage, stage => stage.Count, cancellationToken);
    }

    private async Task<bool> MoveAsync(Step step, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NumberDbContext>();
        return await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE numbers.numbers SET next_step_at = {until}
            WHERE id = {step.Number.Id.Value} AND next_step_at = {step.Lease}
            """,
            cancellationToken) == 1;
    }
}
