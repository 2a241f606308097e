using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Inventory;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.TestServers;

[assembly: AssemblyFixture(typeof(PhoneMasking.NumberService.Tests.NumberServiceFixture))]

namespace PhoneMasking.NumberService.Tests;

/// <summary>One NumberService for all tests, and somebody to talk with it; a test uses its own organisation.</summary>
public sealed class NumberServiceFixture : IAsyncLifetime
{
    private static readonly (string Name, string Value)[] Account =
    [
        ("Twilio:AccountSid", "AC00000000000000000000000000000001"),
        ("Twilio:AuthToken", "an-auth-token-for-tests"),
        ("Twilio:ApiBaseUrl", "http://127.0.0.1:9"),
        ("Twilio:PublicBaseUrl", "https://texts.example.com"),
        ("Numbers:Verification", "Off"),
    ];

    private ServiceHost<NumberDbContext>? _host;

    internal TestDatabase Database { get; private set; } = null!;

    internal TestVirtualHost Broker { get; private set; } = null!;

    internal TestBus Bus { get; private set; } = null!;

    internal IServiceProvider Services => _host!.Services;

    internal HttpClient Http => _host!.CreateClient();

    public async ValueTask InitializeAsync()
    {
        var servers = await TestInfrastructure.GetAsync();
        Database = await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        Broker = await servers.CreateVirtualHostAsync(TestContext.Current.CancellationToken);
        Bus = await new TestBus(Broker)
            .Keep<NumberChanged>()
            .Keep<NumberOrdered>()
            .Keep<SitterChanged>()
            .Keep<SitterNumberAssigned>()
            .Keep<SitterNumberOrdered>()
            .Keep<SitterNumberReady>()
            .Keep<SitterRemoved>()
            .StartAsync(TestContext.Current.CancellationToken);
        _host = await StartHostAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host!.DisposeAsync();
        await Bus.DisposeAsync();
        await Broker.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>One more instance on the same servers.</summary>
    internal Task<ServiceHost<NumberDbContext>> StartHostAsync(params (string Name, string Value)[] settings) =>
        Host(Database, Broker, settings).StartAsync(TestContext.Current.CancellationToken);

    /// <summary>An instance, not started, with an account at a Twilio that nobody plays.</summary>
    internal static ServiceHost<NumberDbContext> Host(
        TestDatabase database,
        TestVirtualHost broker,
        params (string Name, string Value)[] settings) =>
        new(database, broker, [.. Account, .. settings]);

    /// <summary>An instance, not started, by a clock and with a log that the test controls.</summary>
    internal static ServiceHost<NumberDbContext> Host(
        TestDatabase database,
        TestVirtualHost broker,
        TimeProvider clock,
        ILoggerProvider? log = null,
        params (string Name, string Value)[] settings) =>
        new(database, broker, [.. Account, .. settings]) { Clock = clock, Log = log };

    internal static OrganisationId NewOrganisation() => OrganisationId.New(TimeProvider.System.GetUtcNow());

    internal Task<object> AskAsync(AddSitter request) =>
        Bus.AskAsync<AddSitter, SitterView>(request, TestContext.Current.CancellationToken);

    internal Task<object> AskAsync(RemoveSitter request) =>
        Bus.AskAsync<RemoveSitter, SitterView>(request, TestContext.Current.CancellationToken);

    internal Task<object> AskAsync(ChangeSitter request) =>
        Bus.AskAsync<ChangeSitter, SitterView>(request, TestContext.Current.CancellationToken);

    internal Task<object> AskAsync(ReadSitter request) =>
        Bus.AskAsync<ReadSitter, SitterView>(request, TestContext.Current.CancellationToken);

    internal Task<object> AskAsync(ListSitters request) =>
        Bus.AskAsync<ListSitters, SitterPage>(request, TestContext.Current.CancellationToken);

    internal Task<object> AskAsync(ListNumbers request) =>
        Bus.AskAsync<ListNumbers, NumberPage>(request, TestContext.Current.CancellationToken);

    internal Task<object> AskAsync(ImportNumbers request) =>
        Bus.AskAsync<ImportNumbers, NumbersImported>(request, TestContext.Current.CancellationToken);

    internal async Task ImportAsync(OrganisationId organisation, NumberLifecycle lifecycle, params string[] numbers) =>
        Assert.Equal(
            numbers.Length,
            Assert.IsType<NumbersImported>(
                await AskAsync(new ImportNumbers(organisation, string.Join(',', numbers), lifecycle))).Imported);

    internal async Task<T> ReadAsync<T>(Func<NumberDbContext, Task<T>> read)
    {
        await using var scope = Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<NumberDbContext>());
    }

    /// <summary>Does something in a transaction of the service's, as another part of it would.</summary>
    internal async Task InTransactionAsync(Func<NumberDbContext, IServiceProvider, Task> act)
    {
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NumberDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await act(db, scope.ServiceProvider);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The organisation's numbers and orders, oldest first.</summary>
    internal Task<List<OwnedNumber>> NumbersAsync(OrganisationId organisation) => ReadAsync(db => db.Numbers
        .AsNoTracking()
        .Where(number => number.OrganisationId == organisation)
        .OrderBy(number => number.Id)
        .ToListAsync(TestContext.Current.CancellationToken));

    /// <summary>Waits until everything committed so far has been published.</summary>
    internal Task PublishedAsync() => Eventually.TrueAsync(
        async () => !await ReadAsync(db => db.Outbox.AnyAsync(TestContext.Current.CancellationToken)),
        "an empty outbox",
        TestContext.Current.CancellationToken);
}
