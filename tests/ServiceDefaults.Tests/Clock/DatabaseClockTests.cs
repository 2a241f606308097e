using Microsoft.Extensions.DependencyInjection;
using PhoneMasking.ServiceDefaults.Clock;
using PhoneMasking.TestServers;

namespace PhoneMasking.ServiceDefaults.Tests.Clock;

public sealed class DatabaseClockTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 17, 0, 0, TimeSpan.Zero);

    private readonly FakeClock _machine = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(-3600)]
    [InlineData(3600)]
    public async Task Services_OnMachinesWhoseClocksAreWrong_AllGoByTheDatabasesTime(int seconds)
    {
        var servers = await TestInfrastructure.GetAsync();
        await using var database = await servers.CreateDatabaseAsync(Token);
        await using var broker = await servers.CreateVirtualHostAsync(Token);
        var machine = new WrongClock(TimeSpan.FromSeconds(seconds));

        await using var service = await SampleService.StartAsync(
            database.ConnectionString,
            broker.ConnectionString,
            configure: builder => builder.Services.AddSingleton(new DatabaseClock(machine)));
        var seen = service.Services.GetRequiredService<TimeProvider>().GetUtcNow();

        // Far more than a busy machine needs, far less than the clock is wrong.
        await using var command = service.Database.CreateCommand("SELECT clock_timestamp()");
        var now = (DateTime)(await command.ExecuteScalarAsync(Token))!;
        Assert.InRange((now - seen.UtcDateTime).Duration(), TimeSpan.Zero, TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void BeforeTheFirstReading_TimeIsTheMachines() =>
        Assert.Equal(_machine.GetUtcNow(), new DatabaseClock(_machine).GetUtcNow());

    [Fact]
    public void AfterAReading_TimeGoesOnByTheMachinesClock()
    {
        var clock = new DatabaseClock(_machine);
        var asked = clock.GetTimestamp();
        _machine.Advance(TimeSpan.FromSeconds(2));

        clock.Take(Now, asked, TimeSpan.Zero);
        _machine.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(Now + TimeSpan.FromSeconds(7), clock.GetUtcNow());
    }

    [Theory]
    [InlineData(40, 0, 0)]
    [InlineData(-40, 0, 0)]
    [InlineData(240, 200, 0)]
    [InlineData(260, 200, 260)]
    [InlineData(60, 0, 60)]
    [InlineData(-60, 0, -60)]
    public void LaterReading_MovesTimeOnlyByMoreThanItCanBeWrong(int difference, int uncertainty, int moved)
    {
        var clock = new DatabaseClock(_machine);
        clock.Take(Now, clock.GetTimestamp(), TimeSpan.Zero);

        var told = clock.Take(
            Now + TimeSpan.FromMilliseconds(difference), clock.GetTimestamp(), TimeSpan.FromMilliseconds(uncertainty));

        Assert.Equal(TimeSpan.FromMilliseconds(moved), told);
        Assert.Equal(Now + TimeSpan.FromMilliseconds(moved), clock.GetUtcNow());
    }

    [Fact]
    public void Step_IsRememberedAndASmallerCorrectionIsNone()
    {
        var clock = new DatabaseClock(_machine);
        clock.Take(Now, clock.GetTimestamp(), TimeSpan.Zero);
        clock.Take(clock.GetUtcNow() + TimeSpan.FromMilliseconds(900), clock.GetTimestamp(), TimeSpan.Zero);
        Assert.Equal(TimeSpan.MaxValue, clock.SteadyFor);

        clock.Take(clock.GetUtcNow() - TimeSpan.FromSeconds(2), clock.GetTimestamp(), TimeSpan.Zero);
        _machine.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(TimeSpan.FromSeconds(5), clock.SteadyFor);
    }

    [Fact]
    public void ReadingThatALaterOneHasOvertaken_ChangesNothing()
    {
        var clock = new DatabaseClock(_machine);
        clock.Take(Now, clock.GetTimestamp(), TimeSpan.Zero);
        var before = clock.GetTimestamp();
        _machine.Advance(TimeSpan.FromSeconds(1));
        clock.Take(Now + TimeSpan.FromHours(1), clock.GetTimestamp(), TimeSpan.Zero);
        _machine.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.Zero, clock.Take(Now, before, TimeSpan.Zero));

        Assert.Equal(Now + TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1), clock.GetUtcNow());
    }

    private sealed class WrongClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
