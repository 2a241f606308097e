using Microsoft.EntityFrameworkCore;
using Npgsql;
using PhoneMasking.Contracts;
using static PhoneMasking.NumberService.Tests.NumberServiceFixture;

namespace PhoneMasking.NumberService.Tests.Inventory;

/// <summary>The database keeps the life cycle, whoever writes to it.</summary>
public sealed class LifeCycleTests(NumberServiceFixture service)
{
    private static readonly Dictionary<NumberStage, NumberStage[]> Allowed = new()
    {
        [NumberStage.Intended] = [NumberStage.Bought, NumberStage.Failed, NumberStage.Retired],
        [NumberStage.Bought] = [NumberStage.Attached, NumberStage.Failed, NumberStage.Retired],
        [NumberStage.Attached] = [NumberStage.Bought, NumberStage.Ready, NumberStage.Failed, NumberStage.Retired],
        [NumberStage.Ready] = [NumberStage.Bought, NumberStage.Attached, NumberStage.Resting, NumberStage.Retired],
        [NumberStage.Failed] = [NumberStage.Intended, NumberStage.Bought, NumberStage.Attached, NumberStage.Retired],
        [NumberStage.Resting] = [NumberStage.Ready, NumberStage.Retired],
        [NumberStage.Retired] = [],
    };

    [Fact]
    public async Task EveryStepFromStageToStage_IsAllowedOrRefusedAsTheLifeCycleSays()
    {
        foreach (var (from, targets) in Allowed)
        {
            foreach (var to in Enum.GetValues<NumberStage>().Where(stage => stage != from))
            {
                Assert.True(
                    targets.Contains(to) == await CanGoAsync(from, to), $"{from} to {to} is not as the life cycle says.");
            }
        }
    }

    // In a transaction that is not committed. The stage is reached by the shortest way that is allowed.
    private Task<bool> CanGoAsync(NumberStage from, NumberStage to) => service.ReadAsync(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        var id = NumberId.New(TimeProvider.System.GetUtcNow()).Value;
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO numbers.numbers (
                id, organisation_id, lifecycle, stage, verification_status, tries, version, created_at, changed_at)
            VALUES ({id}, {NewOrganisation().Value}, 'Pool', 'Intended', 'NotSent', 0, 1, now(), now())
            """);
        NumberStage[] way = from switch
        {
            NumberStage.Intended => [],
            NumberStage.Bought => [NumberStage.Bought],
            NumberStage.Attached => [NumberStage.Bought, NumberStage.Attached],
            NumberStage.Ready => [NumberStage.Bought, NumberStage.Attached, NumberStage.Ready],
            NumberStage.Resting => [NumberStage.Bought, NumberStage.Attached, NumberStage.Ready, NumberStage.Resting],
            _ => [from],
        };
        foreach (var stage in way)
        {
            await GoAsync(db, id, stage);
        }

        try
        {
            await GoAsync(db, id, to);
            return true;
        }
        catch (PostgresException refusal) when (refusal.SqlState == PostgresErrorCodes.CheckViolation)
        {
            return false;
        }
    });

    private static Task<int> GoAsync(DbContext db, Guid id, NumberStage to)
    {
        var stage = to.ToString();
        var number = to is NumberStage.Intended ? null : "+12065550190";
        var failedStep = to is NumberStage.Failed ? "buy" : null;
        return db.Database.ExecuteSqlAsync($"""
            UPDATE numbers.numbers SET stage = {stage}, number = {number}::text, failed_step = {failedStep}::text,
                rests_until = CASE WHEN {stage} = 'Resting' THEN now() END, version = version + 1
            WHERE id = {id}
            """);
    }
}
