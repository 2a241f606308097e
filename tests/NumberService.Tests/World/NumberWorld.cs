using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Inventory;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.TestServers;

namespace PhoneMasking.NumberService.Tests.World;

/// <summary>Two instances of NumberService on one PostgreSQL and one RabbitMQ, with a clock that the tests move.</summary>
public sealed class NumberWorld : IAsyncLifetime
{
    private static readonly TimeSpan Poll = TimeSpan.FromMinutes(2);

    private TestDatabase? _database;
    private TestVirtualHost? _broker;
    private ServiceHost<NumberDbContext>[] _hosts = [];
    private TestBus? _bus;

    internal FakeClock Clock { get; } = new();

    internal CapturedLog Log { get; } = new();

    internal TestBus Bus => _bus!;

    public async ValueTask InitializeAsync()
    {
        var servers = await TestInfrastructure.GetAsync();
        _database = await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        _broker = await servers.CreateVirtualHostAsync(TestContext.Current.CancellationToken);
        _bus = await new TestBus(_broker)
            .Keep<MonitorRan>()
            .Keep<NumberOrdered>()
            .Keep<NumberChanged>()
            .Keep<NumberAllocated>()
            .StartAsync(TestContext.Current.CancellationToken);
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Bus.DisposeAsync();
        await _broker!.DisposeAsync();
        await _database!.DisposeAsync();
        Log.Dispose();
    }

    internal async Task StartAsync() => _hosts = await Task.WhenAll(StartOneAsync(), StartOneAsync());

    internal async Task StopAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        _hosts = [];
    }

    /// <summary>A business of its own.</summary>
    internal static OrganisationId NewOrganisation() => NumberServiceFixture.NewOrganisation();

    /// <summary>Lets time pass, and a little more, so that everything that is due by then has its turn.</summary>
    internal void Pass(TimeSpan time) => Clock.Advance(time + Poll);

    internal async Task ImportAsync(OrganisationId organisation, NumberLifecycle lifecycle, params string[] numbers) =>
        Assert.IsType<NumbersImported>(await AskAsync<ImportNumbers, NumbersImported>(
            new ImportNumbers(organisation, string.Join(',', numbers), lifecycle)));

    internal async Task<MonitorRun> RunAsync(OrganisationId organisation, NumberMonitor monitor, Guid? request = null) =>
        Assert.IsType<MonitorRun>(await AskAsync<RunMonitor, MonitorRun>(
            new RunMonitor(organisation, request ?? Guid.CreateVersion7(), monitor)));

    internal async Task<UtilizationNow> UtilizationAsync(OrganisationId organisation) =>
        Assert.IsType<UtilizationNow>(
            await AskAsync<ReadUtilization, UtilizationNow>(new ReadUtilization(organisation)));

    internal async Task<IReadOnlyList<MonitorRun>> RunsAsync(OrganisationId organisation, NumberMonitor? monitor = null) =>
        Assert.IsType<MonitorRunPage>(await AskAsync<ListMonitorRuns, MonitorRunPage>(
            new ListMonitorRuns(organisation, monitor, null, 200))).Items;

    internal Task<object> AskAsync<TRequest, TAnswer>(TRequest request)
        where TRequest : class
        where TAnswer : class => Bus.AskAsync<TRequest, TAnswer>(request, TestContext.Current.CancellationToken);

    /// <summary>The gateway opens sessions of one sitter; returns when they are counted.</summary>
    internal async Task OpenSessionsAsync(OrganisationId organisation, int count, NumberId? number = null)
    {
        var before = (await UtilizationAsync(organisation)).Now.ActiveSessions;
        var now = Clock.GetUtcNow();
        var sitter = SitterId.New(now);
        for (var index = 0; index < count; index++)
        {
            await PublishAsync(new SessionOpened(
                organisation, SessionId.New(now), sitter, ClientId.New(now), number ?? NumberId.New(now), false, now));
        }

        await EventuallyAsync(
            async () => (await UtilizationAsync(organisation)).Now.ActiveSessions == before + count, "the sessions");
    }

    internal Task PublishAsync(object message) =>
        Bus.PublishAsync(message, Guid.CreateVersion7(), TestContext.Current.CancellationToken);

    internal static Task EventuallyAsync(Func<Task<bool>> condition, string what) =>
        Eventually.TrueAsync(condition, what, TestContext.Current.CancellationToken);

    internal async Task<T> UseAsync<T>(Func<NumberDbContext, Task<T>> use)
    {
        await using var scope = _hosts[0].Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<NumberDbContext>());
    }

    internal Task<List<OwnedNumber>> NumbersAsync(OrganisationId organisation) => UseAsync(db => db.Numbers
        .AsNoTracking()
        .Where(number => number.OrganisationId == organisation)
        .OrderBy(number => number.Id)
        .ToListAsync(TestContext.Current.CancellationToken));

    internal async Task<OwnedNumber[]> OrdersAsync(OrganisationId organisation) =>
        [.. (await NumbersAsync(organisation)).Where(number => number.OrderId is not null)];

    /// <summary>The part that buys, attaches and verifies has done its work.</summary>
    internal Task BecomeReadyAsync(NumberId order, string number) => UseAsync(async db =>
    {
        var now = Clock.GetUtcNow();
        await db.Database.ExecuteSqlAsync(
            $"UPDATE numbers.numbers SET stage = 'Bought', number = {number}, candidate = NULL, purchased_at = {now} WHERE id = {order.Value}",
            TestContext.Current.CancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"UPDATE numbers.numbers SET stage = 'Attached' WHERE id = {order.Value}", TestContext.Current.CancellationToken);
        return await db.Database.ExecuteSqlAsync(
            $"UPDATE numbers.numbers SET stage = 'Ready', next_step_at = NULL WHERE id = {order.Value}",
            TestContext.Current.CancellationToken);
    });

    /// <summary>The number could not be bought.</summary>
    internal Task FailAsync(NumberId order) => UseAsync(db => db.Database.ExecuteSqlAsync(
        $"UPDATE numbers.numbers SET stage = 'Failed', failed_step = 'buy', next_step_at = NULL WHERE id = {order.Value}",
        TestContext.Current.CancellationToken));

    /// <summary>The number was given back to Twilio.</summary>
    internal Task RetireAsync(NumberId number) => UseAsync(db => db.Database.ExecuteSqlAsync(
        $"UPDATE numbers.numbers SET stage = 'Retired', failed_step = NULL, next_step_at = NULL WHERE id = {number.Value}",
        TestContext.Current.CancellationToken));

    /// <summary>Waits until the organisation's monitors are on the schedule.</summary>
    internal async Task EnrolAsync(OrganisationId organisation)
    {
        Pass(TimeSpan.Zero);
        await EventuallyAsync(
            async () => (await UtilizationAsync(organisation)) is { NextPoolRunAt: not null, NextStandbyRunAt: not null },
            "the schedule");
    }

    internal Task EventuallyRanAsync(OrganisationId organisation, NumberMonitor monitor, int times) => EventuallyAsync(
        async () => (await RunsAsync(organisation, monitor)).Count >= times, $"run {times} of {monitor}");

    private Task<ServiceHost<NumberDbContext>> StartOneAsync() =>
        NumberServiceFixture.Host(_database!, _broker!, Clock, Log).StartAsync(TestContext.Current.CancellationToken);
}
