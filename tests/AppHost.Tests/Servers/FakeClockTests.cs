using PhoneMasking.TestServers;

namespace PhoneMasking.AppHost.Tests.Servers;

public sealed class FakeClockTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Timer_WithAPeriod_FiresOncePerPeriodAtItsOwnTime()
    {
        var clock = new FakeClock();
        var start = clock.GetUtcNow();
        var fired = new List<TimeSpan>();
        using var timer = clock.CreateTimer(_ => fired.Add(clock.GetUtcNow() - start), null, Minute, 2 * Minute);

        clock.Advance(6 * Minute);

        Assert.Equal([Minute, 3 * Minute, 5 * Minute], fired);
        Assert.Equal(6 * Minute, clock.GetUtcNow() - start);
    }

    [Fact]
    public void Timer_Disposed_DoesNotFire()
    {
        var clock = new FakeClock();
        var fired = 0;
        var timer = clock.CreateTimer(_ => fired++, null, Minute, Timeout.InfiniteTimeSpan);

        timer.Dispose();
        clock.Advance(2 * Minute);

        Assert.Equal(0, fired);
        Assert.Equal(0, clock.WaitingTimers);
    }

    [Fact]
    public async Task Delay_OnTheClock_EndsWhenTheClockHasMoved()
    {
        var clock = new FakeClock();
        var delay = Task.Delay(Minute, clock, TestContext.Current.CancellationToken);

        clock.Advance(Minute - TimeSpan.FromSeconds(1));
        var early = delay.IsCompleted;
        clock.Advance(TimeSpan.FromSeconds(1));
        await delay;

        Assert.False(early);
    }

    [Fact]
    public void Elapsed_AfterAdvance_IsWhatTheClockMoved()
    {
        var clock = new FakeClock();
        var begun = clock.GetTimestamp();

        clock.Advance(Minute);

        Assert.Equal(Minute, clock.GetElapsedTime(begun));
    }
}
