using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using PhoneMasking.ServiceDefaults.Clock;
using PhoneMasking.ServiceDefaults.Configuration;
using PhoneMasking.ServiceDefaults.Health;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.ServiceDefaults.Persistence;

/// <summary>The database of a service.</summary>
public static class PersistenceRegistration
{
    /// <summary>The name of the connection string that every service shares.</summary>
    public const string ConnectionName = "phonemasking";

    private const int NpgsqlsMaxPoolSize = 100;
    private const int MaxPoolSize = 30;
    private const int PreparedStatements = 100;

    /// <summary>
    /// Adds the service's context, an <see cref="NpgsqlDataSource"/> for statements written by hand, and the database's time
    /// as the service's; the schema is migrated and the time read before later hosted services start, so call this before
    /// the bus is added.
    /// </summary>
    /// <typeparam name="TContext">The service's context.</typeparam>
    /// <param name="builder">The service being composed.</param>
    /// <param name="schema">The schema that the service owns.</param>
    /// <exception cref="WrongSettingException">The connection string is missing or malformed.</exception>
    public static void AddServiceDatabase<TContext>(this WebApplicationBuilder builder, string schema)
        where TContext : ServiceDbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        var settings = builder.Configuration.RequireDatabase(ConnectionName);

        builder.Services.AddSingleton(_ => CreateDataSource(settings, schema));
        builder.Services.AddSingleton(new ServiceSchema(schema, typeof(TContext)));
        builder.Services.AddSingleton<OutboxSignal>();
        builder.Services.AddSingleton<OutboxInterceptor>();
        builder.Services.AddDbContext<TContext>((services, options) => options
            .UseNpgsql(
                services.GetRequiredService<NpgsqlDataSource>(),
                npgsql => npgsql.MigrationsHistoryTable(SchemaMigration.HistoryTable, schema))
            .AddInterceptors(services.GetRequiredService<OutboxInterceptor>())

            // Migrations are written by hand, so there is no snapshot to compare the model with; a test does that.
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning)));
        builder.Services.AddSingleton<SchemaMigration>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SchemaMigration>());
        builder.Services.TryAddSingleton(new DatabaseClock(TimeProvider.System));
        builder.Services.AddSingleton<TimeProvider>(services => services.GetRequiredService<DatabaseClock>());
        builder.Services.AddHostedService<ClockReadings>();
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("database");
    }

    private static NpgsqlDataSource CreateDataSource(NpgsqlConnectionStringBuilder settings, string schema)
    {
        settings.ApplicationName = schema;

        // Values of a failing row would land in exceptions, and from there in logs.
        settings.IncludeErrorDetail = false;

        // PostgreSQL's own limit is 100 for everybody: several services with several instances each must fit in.
        if (settings.MaxPoolSize == NpgsqlsMaxPoolSize)
        {
            settings.MaxPoolSize = MaxPoolSize;
        }

        // Statistics lag behind tables that work as queues: a plan made while one was empty would read all of it later.
        // Without a scan of the whole table to choose, every plan uses its index from the first row on.
        settings.Options ??= "-c enable_seqscan=off -c jit=off";

        // The same few statements run all the time: planning each anew costs about as much as running it.
        if (settings.MaxAutoPrepare == 0)
        {
            settings.MaxAutoPrepare = PreparedStatements;
        }

        // The reset is seven statements each time a connection goes back. Nothing here leaves anything in its session: locks
        // and settings end with their transactions, and an open transaction is rolled back all the same.
        settings.NoResetOnClose = true;

        return NpgsqlDataSource.Create(settings);
    }
}
