using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using PhoneMasking.AlertService.Emails;
using PhoneMasking.AlertService.Emails.Sending;
using PhoneMasking.AlertService.Emails.Writing;
using PhoneMasking.AlertService.Failures;
using PhoneMasking.AlertService.Failures.Recording;
using PhoneMasking.AlertService.Failures.Retrying;
using PhoneMasking.AlertService.Failures.Telling;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;
using PhoneMasking.ServiceDefaults.Persistence.Retention;
using PhoneMasking.ServiceDefaults.Telemetry;
using PhoneMasking.TestServers;

namespace PhoneMasking.AlertService.Tests.Failures;

/// <summary>A migrated database of its own, in which nothing happens by itself.</summary>
public sealed class FailureWorld : IAsyncLifetime
{
    internal TestDatabase Database { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await (await TestInfrastructure.GetAsync()).CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var instance = new FailureInstance(this, new FakeClock());
        await instance.WithDatabaseAsync(async db =>
        {
            await db.Database.ExecuteSqlRawAsync("CREATE SCHEMA alerts", TestContext.Current.CancellationToken);
            await db.Database.MigrateAsync(TestContext.Current.CancellationToken);
        });
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}

/// <summary>One instance of the service, without its bus and without what works by itself.</summary>
internal sealed class FailureInstance : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public FailureInstance(FailureWorld world, FakeClock clock, params (string Name, string Value)[] settings)
    {
        Clock = clock;
        var services = new ServiceCollection();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(one => KeyValuePair.Create(one.Name, (string?)one.Value)))
            .Build();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging();
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton(new ServiceTelemetry("failures"));
        services.AddSingleton(_ => NpgsqlDataSource.Create(world.Database.ConnectionString));
        services.AddDbContext<AlertDbContext>((provider, options) => options
            .UseNpgsql(
                provider.GetRequiredService<NpgsqlDataSource>(),
                npgsql => npgsql.MigrationsHistoryTable("schema_history", AlertDbContext.Schema))
            .ConfigureWarnings(warnings => warnings.Ignore(
                Microsoft.EntityFrameworkCore.Diagnostics.RelationalEventId.PendingModelChangesWarning)));
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<EmailSignal>();
        services.AddOptions<EmailOptions>();
        services.AddSingleton(_ => EmailTemplates.Load(overrides: null, out var problems));
        services.AddScoped<OwnerMail>();
        services.AddFailureDesks();
        _services = services.BuildServiceProvider();
    }

    public FakeClock Clock { get; }

    public ServiceTelemetry Telemetry => _services.GetRequiredService<ServiceTelemetry>();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async Task FailAsync(MessageFailed failed)
    {
        await using var scope = _services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<FailureDesk>().RecordAsync(failed, Cancelled);
    }

    public Task ArriveAsync(FailureResolved arrived) =>
        _services.GetRequiredService<ArrivalBook>().KeepAsync(arrived, Cancelled);

    /// <summary>Orders all retries that are due, of every test's organisation.</summary>
    public async Task OrderDueAsync()
    {
        var desk = _services.GetRequiredService<RetryDesk>();
        while (await desk.OrderNextAsync(Cancelled))
        {
            // One conversation after the other.
        }
    }

    public async Task AdvanceAsync(MessageId retryId, RetryState state, string? reason = null)
    {
        await using var scope = _services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RetryBook>().AdvanceAsync(retryId, state, reason, Cancelled);
    }

    /// <summary>Takes the gateway's word that a retry does not go out.</summary>
    public async Task DropAsync(MessageRetryDropped dropped)
    {
        await using var scope = _services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<FailureDesk>().EndRetryAsync(dropped, Cancelled);
    }

    /// <summary>Takes the gateway's word on an alert: sent, or dropped.</summary>
    public async Task SettleAlertAsync(MessageId alert, bool isSent)
    {
        await using var scope = _services.CreateAsyncScope();
        var book = scope.ServiceProvider.GetRequiredService<SitterAlertBook>();
        await (isSent ? book.SentAsync(alert, Cancelled) : book.DroppedAsync(alert, Cancelled));
    }

    public async Task CleanAsync()
    {
        using var cleaner = ActivatorUtilities.CreateInstance<RowCleaner>(
            _services,
            TimeSpan.FromHours(1),
            FailureRegistration.Expiring(_services.GetRequiredService<IOptions<FailureOptions>>().Value));
        await cleaner.CleanAsync(Cancelled);
    }

    public Task MeasureAsync() => _services.GetRequiredService<RetryDesk>().MeasureAsync(Cancelled);

    public async Task WithDatabaseAsync(Func<AlertDbContext, Task> use)
    {
        await using var scope = _services.CreateAsyncScope();
        await use(scope.ServiceProvider.GetRequiredService<AlertDbContext>());
    }

    public async Task<T> ReadAsync<T>(Func<AlertDbContext, Task<T>> read)
    {
        await using var scope = _services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<AlertDbContext>());
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
