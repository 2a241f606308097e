using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Inventory;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.NumberService.Provisioning;

/// <summary>
/// Records what came of steps, each in one transaction with the events that tell of it, and only while the step's lease
/// holds.
/// </summary>
internal sealed class StepLedger(
    IServiceScopeFactory scopes,
    IOptions<ProvisioningOptions> options,
    TimeProvider clock)
{
    /// <summary>Changes the number in the way of the outcome.</summary>
    /// <returns><see langword="false"/> when the number is not this step's any more: nothing has changed.</returns>
    public Task<bool> RecordAsync(Step step, StepOutcome outcome, CancellationToken cancellationToken) =>
        outcome is StepOutcome.Lost
            ? Task.FromResult(false)
            : ChangeAsync(
                step,
                (db, number, now) => ApplyAsync(new NumberNews(db, options.Value), number, outcome, now, cancellationToken),
                cancellationToken);

    /// <summary>Changes the number, as it is now, in a transaction that holds it.</summary>
    /// <returns><see langword="false"/> when the number is not this step's any more: nothing has changed.</returns>
    public async Task<bool> ChangeAsync(
        Step step,
        Func<NumberDbContext, OwnedNumber, DateTimeOffset, Task> change,
        CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NumberDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await LockAsync(db, step, cancellationToken) is not { } number)
        {
            return false;
        }

        if (number.SitterId is { } sitter)
        {
            // After the number, as whoever changes sitters does: the other way round the two could wait for each other.
            await db.Database.ExecuteSqlAsync(
                $"SELECT FROM numbers.sitters WHERE id = {sitter.Value} FOR UPDATE", cancellationToken);
        }

        await change(db, number, clock.GetStorableNow());
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Locks the number in the caller's transaction; none when it is not this step's any more.</summary>
    public static async Task<OwnedNumber?> LockAsync(NumberDbContext db, Step step, CancellationToken cancellationToken)
    {
        var stage = step.Number.Stage.ToString();
        var found = await db.Numbers
            .FromSql($"""
                SELECT * FROM numbers.numbers
                WHERE id = {step.Number.Id.Value} AND next_step_at = {step.Lease} AND stage = {stage} FOR UPDATE
                """)
            .ToListAsync(cancellationToken);
        return found.SingleOrDefault();
    }

    private Task ApplyAsync(
        NumberNews news,
        OwnedNumber number,
        StepOutcome outcome,
        DateTimeOffset now,
        CancellationToken cancellationToken) => outcome switch
        {
            StepOutcome.Done done => AdvanceAsync(news, number, done, now, cancellationToken),
            StepOutcome.Waits waits => WaitAsync(news, number, waits, now, cancellationToken),
            StepOutcome.Stumbles stumbles => StumbleAsync(news, number, stumbles, now, cancellationToken),
            StepOutcome.Fails fails => FailAsync(news, number, fails, now, cancellationToken),
            _ => throw new UnreachableException(),
        };

    private static Task AdvanceAsync(
        NumberNews news,
        OwnedNumber number,
        StepOutcome.Done done,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var before = number.Stage;
        number.Tries = 0;
        number.Reason = null;
        number.ErrorCode = null;
        number.NextStepAt = now;
        done.Change(number, now);
        number.Touch(now);
        return news.TellAsync(number, before, now, cancellationToken);
    }

    private static async Task WaitAsync(
        NumberNews news,
        OwnedNumber number,
        StepOutcome.Waits waits,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        waits.Change?.Invoke(number);
        number.NextStepAt = now + Spread(waits.For);
        if (waits.Reason is null)
        {
            return;
        }

        Explain(number, waits.Reason, waits.ErrorCode, now);
        if (waits.ForOwner)
        {
            await news.AlertAsync(number, waits.Reason, waits.ErrorCode, now, cancellationToken);
        }
    }

    private Task StumbleAsync(
        NumberNews news,
        OwnedNumber number,
        StepOutcome.Stumbles stumbles,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        stumbles.Change?.Invoke(number);
        if (number.Tries + 1 >= stumbles.Limit)
        {
            var failure = new StepOutcome.Fails(stumbles.Reason, stumbles.ErrorCode);
            return FailAsync(news, number, failure, now, cancellationToken);
        }

        number.Tries++;
        var wait = BackOff(number.Tries);
        number.NextStepAt = now + (wait > stumbles.AtLeast ? wait : stumbles.AtLeast);
        Explain(number, stumbles.Reason, stumbles.ErrorCode, now);
        return Task.CompletedTask;
    }

    private static Task FailAsync(
        NumberNews news,
        OwnedNumber number,
        StepOutcome.Fails fails,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        // Given back already, as far as we are concerned: there is no way back, so it goes on being tried.
        if (number.Stage == NumberStage.Retired)
        {
            number.NextStepAt = now + TimeSpan.FromDays(1);
            Explain(number, fails.Reason, fails.ErrorCode, now);
            return news.AlertAsync(number, fails.Reason, fails.ErrorCode, now, cancellationToken);
        }

        var before = number.Stage;
        number.FailedStep = StepNames.Of(number.Stage);
        number.Stage = NumberStage.Failed;
        number.Candidate = null;
        number.NextStepAt = null;
        number.Tries = 0;
        number.Reason = fails.Reason;
        number.ErrorCode = fails.ErrorCode;
        number.Touch(now);
        return news.TellFailureAsync(number, before, fails.IsShared, now, cancellationToken);
    }

    // A change that others may want to see: only the first time, not with each try.
    private static void Explain(OwnedNumber number, string reason, int? errorCode, DateTimeOffset now)
    {
        if (number.Reason != reason || number.ErrorCode != errorCode)
        {
            number.Reason = reason;
            number.ErrorCode = errorCode;
            number.Touch(now);
        }
    }

    private TimeSpan BackOff(int tries)
    {
        const int MostDoublings = 20;
        var doubled = options.Value.RetryDelay * Math.Pow(2, Math.Min(tries - 1, MostDoublings));
        var limited = doubled < options.Value.MaxRetryDelay ? doubled : options.Value.MaxRetryDelay;
#pragma warning disable CA5394 // Spreads load; nothing secret.
        return limited * (0.75 + (Random.Shared.NextDouble() / 2));
#pragma warning restore CA5394
    }

    // Never shorter: it may be what Twilio asked for.
    private static TimeSpan Spread(TimeSpan wait) =>
#pragma warning disable CA5394 // Spreads load; nothing secret.
        wait * (1 + (Random.Shared.NextDouble() / 10));
#pragma warning restore CA5394
}
