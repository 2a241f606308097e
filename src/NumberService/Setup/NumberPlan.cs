using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Inventory;

namespace PhoneMasking.NumberService.Setup;

/// <summary>What is to be there, what is, and what is missing. An order counts as there; one that failed is tried again.</summary>
internal sealed record NumberPlan(IReadOnlyList<PlanLine> Lines)
{
    public int Wanted => Lines.Sum(line => line.Wanted);

    public int Missing => Lines.Sum(line => line.Missing);

    public int Total => Lines.Sum(line => line.Owned + line.OnOrder + line.Failed + line.Missing);

    /// <summary>Makes the plan.</summary>
    /// <param name="reserved">How many numbers sitters are to have, now or later.</param>
    /// <param name="pool">How many numbers the pool is to have.</param>
    /// <param name="standby">How many numbers are to wait for new sitters besides.</param>
    /// <param name="inventory">The organisation's numbers and orders; those given back do not count.</param>
    /// <remarks>
    /// A number gets its sitter later: until then it is on standby, so that 34 and 1 are 35 on standby at the beginning, and
    /// when all 34 have sitters one is left.
    /// </remarks>
    public static NumberPlan Of(int reserved, int pool, int standby, IEnumerable<OwnedNumber> inventory)
    {
        var there = inventory.Where(number => number.Stage != NumberStage.Retired).ToLookup(number => number.Lifecycle);
        var free = there[NumberLifecycle.StandbyReserved].Count();
        var used = there[NumberLifecycle.ReservedActive].Count();
        var missing = Math.Max(reserved + standby - used - free, standby - free);
        return new NumberPlan(
        [
            Line(
                $"Reserved ({reserved} for sitters, {standby} standby)",
                NumberLifecycle.StandbyReserved,
                reserved + standby,
                missing,
                there[NumberLifecycle.StandbyReserved].Concat(there[NumberLifecycle.ReservedActive])),
            Line("Pool", NumberLifecycle.Pool, pool, pool - there[NumberLifecycle.Pool].Count(), there[NumberLifecycle.Pool]),
        ]);
    }

    private static PlanLine Line(
        string name,
        NumberLifecycle lifecycle,
        int wanted,
        int missing,
        IEnumerable<OwnedNumber> there)
    {
        var numbers = there.ToArray();
        var failed = numbers.Count(number => number.Stage == NumberStage.Failed);
        var onOrder = numbers.Count(number => number.Stage == NumberStage.Intended);
        return new PlanLine(
            name, lifecycle, wanted, numbers.Length - failed - onOrder, onOrder, failed, Math.Max(missing, 0));
    }
}

/// <summary>One kind of number in the plan.</summary>
/// <param name="Name">How the owner calls it.</param>
/// <param name="Lifecycle">What missing ones are ordered as.</param>
/// <param name="Wanted">How many there are to be.</param>
/// <param name="Owned">How many are owned, on their way to Ready or there.</param>
/// <param name="OnOrder">How many are ordered and not bought yet.</param>
/// <param name="Failed">How many failed; they are sent on their way again.</param>
/// <param name="Missing">How many are to be ordered.</param>
internal sealed record PlanLine(
    string Name,
    NumberLifecycle Lifecycle,
    int Wanted,
    int Owned,
    int OnOrder,
    int Failed,
    int Missing);
