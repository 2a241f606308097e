using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Buying;
using PhoneMasking.NumberService.Inventory;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.NumberService.Sitters;
using PhoneMasking.TestServers;
using PhoneMasking.Twilio;

namespace PhoneMasking.NumberService.Tests.Provisioning.World;

/// <summary>
/// NumberService with everything around it: PostgreSQL, RabbitMQ, the simulator in Twilio's place, somebody in the gateway's,
/// and a clock that moves to the next step as soon as nothing is under way.
/// </summary>
internal sealed class NumberWorld : IAsyncDisposable
{
    public static readonly OrganisationId Organisation = OrganisationId.Default;
    public static readonly E164Number VerificationPhone = E164Number.Parse("+13035550179");

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, string> _settings;
    private readonly TestDatabase _database;
    private readonly TestVirtualHost _broker;
    private readonly List<NumberHost> _hosts = [];

    private NumberWorld(TestDatabase database, TestVirtualHost broker, SimulatorHost simulator, FakeGateway gateway, TestBus bus)
    {
        _database = database;
        _broker = broker;
        Simulator = simulator;
        Gateway = gateway;
        Bus = bus;
        _settings = new(StringComparer.OrdinalIgnoreCase)
        {
            ["ConnectionStrings:phonemasking"] = database.ConnectionString,
            ["ConnectionStrings:rabbitmq"] = broker.ConnectionString,
            ["Twilio:AccountSid"] = NumberHost.AccountSid,
            ["Twilio:AuthToken"] = NumberHost.AuthToken,
            ["Twilio:ApiBaseUrl"] = simulator.BaseUrl,
            ["Twilio:PublicBaseUrl"] = "https://texts.example.com",
            ["TwilioApi:ReadRetries"] = "0",
            ["TwilioApi:RequestTimeout"] = "00:00:05",
            ["Numbers:VerificationPhone"] = VerificationPhone.Reveal(),
            ["Logging:Console:LogLevel:Default"] = "None",
        };
    }

    public FakeClock Clock { get; } = new();

    public SimulatorHost Simulator { get; }

    public FakeGateway Gateway { get; }

    public TestBus Bus { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Makes the surroundings; no instance runs yet.</summary>
    public static async Task<NumberWorld> CreateAsync()
    {
        var servers = await TestInfrastructure.GetAsync();
        var broker = await servers.CreateVirtualHostAsync(Token);
        var bus = await new TestBus(broker)
            .Keep<NumberChanged>()
            .Keep<NumberOrdered>()
            .Keep<NumberBought>()
            .Keep<NumberFailed>()
            .Keep<SitterChanged>()
            .Keep<SitterNumberReady>()
            .StartAsync(Token);
        return new NumberWorld(
            await servers.CreateDatabaseAsync(Token),
            broker,
            SimulatorHost.StartNew(),
            await new FakeGateway(broker).StartAsync(),
            bus);
    }

    /// <summary>Makes the surroundings and starts one instance.</summary>
    public static async Task<NumberWorld> StartAsync(params (string Name, string Value)[] settings)
    {
        var world = await CreateAsync();
        await world.AddInstanceAsync(null, settings);
        return world;
    }

    /// <summary>Starts one more instance.</summary>
    public async Task<NumberHost> AddInstanceAsync(
        Func<ITwilioApi, ITwilioApi>? twilio = null,
        params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string>(_settings, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        var host = await new NumberHost(all, Clock, twilio).StartAsync();
        _hosts.Add(host);
        return host;
    }

    /// <summary>Ends an instance as a crash does: it is not waited for any more, and what it still does counts for nothing.</summary>
    public void Forget(NumberHost host) => _hosts.Remove(host);

    /// <summary>Stops every instance in good order.</summary>
    public async Task StopAllAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        _hosts.Clear();
    }

    public Task<object> AskAsync<TRequest, TAnswer>(TRequest request)
        where TRequest : class
        where TAnswer : class => Bus.AskAsync<TRequest, TAnswer>(request, Token);

    public async Task<IReadOnlyList<NumberView>> BuyAsync(
        int count = 1,
        NumberLifecycle lifecycle = NumberLifecycle.Pool,
        string? areaCode = null)
    {
        var request = new BuyNumbers(Organisation, Guid.CreateVersion7(), lifecycle, count, areaCode);
        return Assert.IsType<OrderedNumbers>(await AskAsync<BuyNumbers, OrderedNumbers>(request)).Numbers;
    }

    public async Task<T> ReadAsync<T>(Func<NumberDbContext, Task<T>> read)
    {
        await using var scope = _hosts[^1].Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<NumberDbContext>());
    }

    public Task<List<OwnedNumber>> NumbersAsync() =>
        ReadAsync(db => db.Numbers.AsNoTracking().OrderBy(number => number.Id).ToListAsync(Token));

    public async Task<OwnedNumber> NumberAsync(NumberId id) =>
        (await NumbersAsync()).Single(number => number.Id == id);

    /// <summary>Moves time from step to step until all numbers fulfil the condition.</summary>
    public Task UntilAllAsync(Func<OwnedNumber, bool> condition, string what) => UntilAsync(
        async () =>
        {
            var numbers = await NumbersAsync();
            return numbers.Count > 0 && numbers.TrueForAll(number => condition(number));
        },
        what);

    /// <summary>Moves time from step to step until the condition is fulfilled.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Tick);
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                var numbers = string.Join("; ", (await NumbersAsync()).Select(
                    number => $"{number.Stage} {number.Reason} {number.Tries}"));
                throw new TimeoutException($"Waited for {what}; the numbers are: {numbers}.");
            }

            await MoveAsync();
            await timer.WaitForNextTickAsync(Token);
        }
    }

    /// <summary>Waits until the outbox is empty, so that what was told has arrived or is about to.</summary>
    public Task PublishedAsync() => Eventually.TrueAsync(
        async () => !await ReadAsync(db => db.Outbox.AnyAsync(Token)), "an empty outbox", Token);

    /// <summary>Orders a number for a new sitter, as path B does.</summary>
    public async Task<(SitterId Sitter, NumberId Number)> OrderForSitterAsync(string name)
    {
        await using var scope = _hosts[^1].Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NumberDbContext>();
        var now = Clock.GetUtcNow();
        var sitter = new Sitter
        {
            Id = SitterId.New(now),
            OrganisationId = Organisation,
            RequestId = Guid.CreateVersion7(now),
            Name = name,
            RealNumber = E164Number.Parse("+13035550111"),
            Active = true,
            Version = 1,
            CreatedAt = now,
        };
        db.Sitters.Add(sitter);
        await db.SaveChangesAsync(Token);
        var order = await scope.ServiceProvider.GetRequiredService<NumberOrders>().AddAsync(
            Organisation,
            NumberLifecycle.ReservedActive,
            NumberPurpose.SitterAssignment,
            sitter.RequestId,
            0,
            sitter.Id,
            null,
            Token);
        await db.SaveChangesAsync(Token);
        return (sitter.Id, order.Id);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        await Gateway.DisposeAsync();
        await Bus.DisposeAsync();
        await Simulator.DisposeAsync();
        await _broker.DisposeAsync();
        await _database.DisposeAsync();
    }

    // Never past the next step that is due; nor while one is under way, whose lease would end, or a message is published,
    // which would be given up.
    private async Task MoveAsync()
    {
        var next = await ReadAsync(db => db.Numbers.MinAsync(number => number.NextStepAt, Token));
        var now = Clock.GetUtcNow();
        var publishing = await ReadAsync(db => db.Outbox.AnyAsync(message => message.DueAt <= now, Token));
        if (!publishing && _hosts.TrueForAll(host => host.IsIdle))
        {
            Clock.Advance(next is { } due && due > now ? due - now : Poll);
        }
    }
}
