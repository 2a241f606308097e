using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Allocation;
using PhoneMasking.NumberService.Attaching;
using PhoneMasking.NumberService.Clients;
using PhoneMasking.NumberService.Inventory;
using PhoneMasking.NumberService.Monitors;
using PhoneMasking.NumberService.Provisioning;
using PhoneMasking.NumberService.Sessions;
using PhoneMasking.NumberService.Sitters;
using PhoneMasking.NumberService.Utilization;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.NumberService.Persistence;

/// <summary>The schema <c>numbers</c>: the inventory, the sitters, the monitors, and what they need to know of others.</summary>
internal sealed class NumberDbContext(DbContextOptions<NumberDbContext> options) : ServiceDbContext(options, Schema)
{
    public const string Schema = "numbers";

    public DbSet<OwnedNumber> Numbers => Set<OwnedNumber>();

    public DbSet<NumberHistory> History => Set<NumberHistory>();

    public DbSet<Alert> Alerts => Set<Alert>();

    public DbSet<TwilioServices> TwilioServices => Set<TwilioServices>();

    public DbSet<Sitter> Sitters => Set<Sitter>();

    public DbSet<KnownSession> Sessions => Set<KnownSession>();

    public DbSet<KnownClient> Clients => Set<KnownClient>();

    public DbSet<MonitorSchedule> MonitorSchedules => Set<MonitorSchedule>();

    public DbSet<StoredRun> MonitorRuns => Set<StoredRun>();

    public DbSet<UtilizationFigures> UtilizationNow => Set<UtilizationFigures>();

    public DbSet<UtilizationRecord> Utilization => Set<UtilizationRecord>();

    public DbSet<PoolFigures> PoolNow => Set<PoolFigures>();

    /// <summary>
    /// Holds until the transaction ends: no number comes into the inventory while somebody compares a person's phone
    /// with it. Any number of such comparisons run side by side.
    /// </summary>
    public Task HoldInventoryAsync(CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock_shared(hashtext('numbers.inventory'))", cancellationToken);

    /// <summary>Holds until the transaction ends: nobody compares a person's phone with the inventory while it grows.</summary>
    public Task OpenInventoryAsync(CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('numbers.inventory'))", cancellationToken);

    /// <summary>
    /// Holds until the transaction ends: sitters, their numbers and the monitors of one organisation take turns, so that what
    /// one of them counted is still so when it commits. Take it before any row's lock.
    /// </summary>
    public Task HoldOrganisationAsync(OrganisationId organisation, CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtextextended('numbers.organisation:' || {organisation.Value}::text, 0))",
            cancellationToken);
}
