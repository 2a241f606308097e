using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PhoneMasking.AlertService.Emails;
using PhoneMasking.AlertService.Emails.Writing;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;

namespace PhoneMasking.AlertService.DeadLetters;

/// <summary>
/// Counts the open dead letters and writes to the owner when they pile up: once, and again only when new ones came and the
/// interval has passed. Any number of instances may do it.
/// </summary>
internal sealed partial class DeadLetterWatch(
    IServiceScopeFactory scopes,
    DeadLetterSignal signal,
    DeadLetterMetrics metrics,
    IOptions<DeadLetterOptions> options,
    TimeProvider clock,
    ILogger<DeadLetterWatch> logger) : BackgroundService
{
    private const string Topic = "dead-letters";
    private const int LongestList = 10;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The loop must outlive whatever happens to the database.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                LogFailed(failure.GetType().Name);
            }

            await signal.WaitAsync(options.Value.CheckInterval, clock, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Counts them now, and writes to the owner when that is due.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AlertDbContext>();
        var open = await db.DeadLetters.CountAsync(letter => letter.State == DeadLetterState.Open, cancellationToken);
        metrics.ShowOpen(open);
        if (open >= options.Value.AlertThreshold)
        {
            await WriteAsync(db, scope.ServiceProvider.GetRequiredService<OwnerMail>(), open, cancellationToken);
        }
    }

    private async Task WriteAsync(AlertDbContext db, OwnerMail mail, int open, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var letters = db.DeadLetters.AsNoTracking().Where(letter => letter.State == DeadLetterState.Open);
        var newest = await letters.OrderByDescending(letter => letter.Id).Select(letter => letter.Id)
            .FirstOrDefaultAsync(cancellationToken);
        var groups = await letters
            .GroupBy(letter => new { letter.Queue, letter.Reason })
            .Select(group => new { group.Key.Queue, group.Key.Reason, Count = group.Count(), First = group.Min(one => one.DiedAt) })
            .ToListAsync(cancellationToken);
        if (groups.Count == 0)
        {
            return;
        }

        var email = new DeadLettersEmail(
            open,
            groups.Min(group => group.First),
            [
                .. groups.OrderByDescending(group => group.Count).ThenBy(group => group.Queue, StringComparer.Ordinal)
                    .Take(LongestList)
                    .Select(group => new DeadLettersOfQueue(group.Queue, group.Reason, group.Count)),
            ]);
        var queued = await mail.QueueAsync(
            OrganisationId.Default,
            email,
            newest.ToString(),
            new EmailLimit(Topic, options.Value.AlertInterval),
            clock.GetUtcNow(),
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (queued)
        {
            mail.Wake();
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Dead letters could not be counted, will be tried again: {Failure}")]
    private partial void LogFailed(string failure);
}
