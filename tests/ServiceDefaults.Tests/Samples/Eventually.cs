using System.Diagnostics;

namespace PhoneMasking.ServiceDefaults.Tests;

/// <summary>Waits for what happens in the background, with a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static Task HoldsAsync(Func<bool> condition) => HoldsAsync(() => Task.FromResult(condition()));

    public static async Task HoldsAsync(Func<Task<bool>> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < Patience, "It did not happen in time.");
            await Task.Delay(Step, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Looks again and again for a while.</summary>
    public static async Task StaysAsync(Func<Task<bool>> condition, TimeSpan during)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < during)
        {
            Assert.True(await condition());
            await Task.Delay(Step, TestContext.Current.CancellationToken);
        }
    }
}
