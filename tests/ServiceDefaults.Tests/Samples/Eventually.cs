using System.Diagnostics;

namespace PhoneMasking.ServiceDefaults.Tests;

/// <summary>Waits for what happens in the background, with a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static Task HoldsAsync(Func<bool> condition, TimeSpan? within = null) =>
        HoldsAsync(() => Task.FromResult(condition()), within);

    /// <summary>Returns how long it took.</summary>
    public static async Task<TimeSpan> HoldsAsync(Func<Task<bool>> condition, TimeSpan? within = null)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < (within ?? Patience), "It did not happen in time.");
            await Task.Delay(Step, TestContext.Current.CancellationToken);
        }

        return watch.Elapsed;
    }

    /// <summary>Looks again and again for a while.</summary>
    public static async Task StaysAsync(Func<bool> condition, TimeSpan during)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < during)
        {
            Assert.True(condition());
            await Task.Delay(Step, TestContext.Current.CancellationToken);
        }
    }
}
