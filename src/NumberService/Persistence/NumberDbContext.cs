using Microsoft.EntityFrameworkCore;
using PhoneMasking.NumberService.Inventory;
using PhoneMasking.NumberService.Sitters;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.NumberService.Persistence;

/// <summary>The schema <c>numbers</c>: the inventory and the sitters.</summary>
internal sealed class NumberDbContext(DbContextOptions<NumberDbContext> options) : ServiceDbContext(options, Schema)
{
    public const string Schema = "numbers";

    public DbSet<OwnedNumber> Numbers => Set<OwnedNumber>();

    public DbSet<NumberHistory> History => Set<NumberHistory>();

    public DbSet<Sitter> Sitters => Set<Sitter>();

    /// <summary>
    /// Holds until the transaction ends: no number comes into the inventory while somebody compares a person's phone
    /// with it. Any number of such comparisons run side by side.
    /// </summary>
    public Task HoldInventoryAsync(CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock_shared(hashtext('numbers.inventory'))", cancellationToken);

    /// <summary>Holds until the transaction ends: nobody compares a person's phone with the inventory while it grows.</summary>
    public Task OpenInventoryAsync(CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('numbers.inventory'))", cancellationToken);
}
