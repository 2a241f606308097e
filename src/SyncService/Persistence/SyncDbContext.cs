using Microsoft.EntityFrameworkCore;
using PhoneMasking.ServiceDefaults.Persistence;
using PhoneMasking.SyncService.Clients;

namespace PhoneMasking.SyncService.Persistence;

/// <summary>The schema <c>sync</c>: the clients and their phones.</summary>
internal sealed class SyncDbContext(DbContextOptions<SyncDbContext> options) : ServiceDbContext(options, Schema)
{
    public const string Schema = "sync";

    public DbSet<Client> Clients => Set<Client>();

    public DbSet<ClientPhone> Phones => Set<ClientPhone>();
}
