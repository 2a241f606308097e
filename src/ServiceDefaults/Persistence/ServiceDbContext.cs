using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging.Inbox;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.ServiceDefaults.Persistence;

/// <summary>
/// A service's database context: its own schema, with the outbox and the inbox in it, and columns for the domain's types.
/// </summary>
/// <param name="options">EF Core's options.</param>
/// <param name="schema">The schema that the service owns.</param>
public abstract class ServiceDbContext(DbContextOptions options, string schema) : DbContext(options)
{
    /// <summary>Messages that are published once the transaction that wrote them has committed.</summary>
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    /// <summary>Messages whose effect has been committed.</summary>
    public DbSet<InboxMessage> Inbox => Set<InboxMessage>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.HasDefaultSchema(schema);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ServiceDbContext).Assembly);
        modelBuilder.ApplyConfigurationsFromAssembly(GetType().Assembly);
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        configurationBuilder.Properties<OrganisationId>().HaveConversion<IdColumn<OrganisationId>>();
        configurationBuilder.Properties<SitterId>().HaveConversion<IdColumn<SitterId>>();
        configurationBuilder.Properties<ClientId>().HaveConversion<IdColumn<ClientId>>();
        configurationBuilder.Properties<NumberId>().HaveConversion<IdColumn<NumberId>>();
        configurationBuilder.Properties<SessionId>().HaveConversion<IdColumn<SessionId>>();
        configurationBuilder.Properties<MessageId>().HaveConversion<IdColumn<MessageId>>();
        configurationBuilder.Properties<ApiKeyId>().HaveConversion<IdColumn<ApiKeyId>>();
        configurationBuilder.Properties<E164Number>().HaveConversion<E164Column>();
    }
}
