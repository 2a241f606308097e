using System.Collections.Concurrent;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.ServiceDefaults.Tests;

/// <summary>A service like those of the product, in this process, on a loopback port.</summary>
internal sealed class SampleService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SampleService(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    public Uri Address => new(_app.Urls.Single());

    public Received Received => _app.Services.GetRequiredService<Received>();

    public NpgsqlDataSource Database => _app.Services.GetRequiredService<NpgsqlDataSource>();

    public static WebApplication Compose(
        string? database,
        string? broker,
        Action<IBusRegistrationConfigurator>? bus = null,
        Action<WebApplicationBuilder>? configure = null,
        TimeProvider? clock = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(SampleService).Assembly.GetName().Name,
            EnvironmentName = "Production",
        });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:phonemasking"] = database,
            ["ConnectionStrings:rabbitmq"] = broker,
        });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<Received>();
        configure?.Invoke(builder);
        builder.AddServiceDefaults();
        builder.AddServiceDatabase<SampleDbContext>(SampleDbContext.Schema);
        builder.AddServiceBus(bus ?? (_ => { }));
        if (clock is not null)
        {
            builder.Services.AddSingleton(clock);
        }

        var app = builder.Build();
        app.MapDefaultEndpoints();
        return app;
    }

    public static async Task<SampleService> StartAsync(
        string database,
        string broker,
        Action<IBusRegistrationConfigurator>? bus = null,
        Action<WebApplicationBuilder>? configure = null,
        Action<WebApplication>? map = null,
        TimeProvider? clock = null)
    {
        var app = Compose(database, broker, bus, configure, clock);
        map?.Invoke(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new SampleService(app);
    }

    /// <summary>Commits an event with a change of state, as a desk does.</summary>
    public async Task<Guid> CommitAsync(object message, bool commit = true)
    {
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SampleDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        var row = OutboxMessage.Of((dynamic)message, DateTimeOffset.UtcNow) as OutboxMessage;
        db.Outbox.Add(row!);
        db.Effects.Add(new Effect { Id = new ClientId(row!.Id), Number = E164Number.Parse("+13035550142") });
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        if (commit)
        {
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }

        return row.Id;
    }

    public async Task<long> CountAsync(string from)
    {
        await using var command = Database.CreateCommand($"SELECT count(*) FROM {from}");
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <summary>What the consumers of a service were given.</summary>
internal sealed class Received
{
    private readonly ConcurrentQueue<Guid> _ids = new();

    public IReadOnlyCollection<Guid> Ids => _ids;

    public void Add(ConsumeContext context) => _ids.Enqueue(context.MessageId!.Value);
}

/// <summary>Notes each message it gets.</summary>
internal sealed class NotingConsumer<TMessage>(Received received) : IConsumer<TMessage>
    where TMessage : class
{
    public Task Consume(ConsumeContext<TMessage> context)
    {
        received.Add(context);
        return Task.CompletedTask;
    }
}

internal sealed class NotingConsumerDefinition<TMessage>()
    : ServiceConsumerDefinition<NotingConsumer<TMessage>>($"sample.{typeof(TMessage).Name.ToLowerInvariant()}", 20)
    where TMessage : class;
