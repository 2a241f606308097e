using Microsoft.EntityFrameworkCore;
using PhoneMasking.AlertService.Audit;
using PhoneMasking.AlertService.Clients;
using PhoneMasking.AlertService.DeadLetters;
using PhoneMasking.AlertService.Emails.Sending;
using PhoneMasking.AlertService.Failures.Recording;
using PhoneMasking.AlertService.Failures.Retrying;
using PhoneMasking.AlertService.Sitters;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.AlertService.Persistence;

/// <summary>The schema <c>alerts</c>: the audit log, e-mails to the owner, texts that failed, and messages that nobody could consume.</summary>
internal sealed class AlertDbContext(DbContextOptions<AlertDbContext> options) : ServiceDbContext(options, Schema)
{
    public const string Schema = "alerts";

    public DbSet<AuditRecord> Audit => Set<AuditRecord>();

    public DbSet<DeadLetter> DeadLetters => Set<DeadLetter>();

    public DbSet<QueuedEmail> Emails => Set<QueuedEmail>();

    public DbSet<KnownSitter> Sitters => Set<KnownSitter>();

    public DbSet<KnownClient> Clients => Set<KnownClient>();

    public DbSet<Failure> Failures => Set<Failure>();

    public DbSet<PlannedRetry> Retries => Set<PlannedRetry>();

    public DbSet<Arrival> Arrivals => Set<Arrival>();
}
