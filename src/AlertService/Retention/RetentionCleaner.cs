using Microsoft.Extensions.Options;
using Npgsql;
using PhoneMasking.AlertService.DeadLetters;
using PhoneMasking.AlertService.Emails;

namespace PhoneMasking.AlertService.Retention;

/// <summary>
/// Deletes e-mails that have ended and dead letters that are settled, once they are past their retention. Any number of
/// instances may do it: each takes rows that no other is taking.
/// </summary>
internal sealed partial class RetentionCleaner(
    NpgsqlDataSource database,
    IOptions<EmailOptions> emails,
    IOptions<DeadLetterOptions> letters,
    TimeProvider clock,
    ILogger<RetentionCleaner> logger) : BackgroundService
{
    private const int BatchSize = 500;

    private const string Emails = """
        DELETE FROM alerts.emails WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM alerts.emails WHERE ended_at < $1 LIMIT 500 FOR UPDATE SKIP LOCKED))
        """;

    private const string Letters = """
        DELETE FROM alerts.dead_letters WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM alerts.dead_letters WHERE settled_at < $1 LIMIT 500 FOR UPDATE SKIP LOCKED))
        """;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Deletes all that is past its retention now.</summary>
    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await CleanAsync(Emails, "e-mails", now - emails.Value.Retention, cancellationToken);
        await CleanAsync(Letters, "dead letters", now - letters.Value.Retention, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await CleanAsync(stoppingToken);
            }
            catch (NpgsqlException failure)
            {
                LogFailed(failure.GetType().Name);
            }

            await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task CleanAsync(string statement, string what, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var total = 0;
        int deleted;
        do
        {
            await using var command = database.CreateCommand(statement);
            command.Parameters.AddWithValue(before.ToUniversalTime());
            deleted = await command.ExecuteNonQueryAsync(cancellationToken);
            total += deleted;
        }
        while (deleted == BatchSize);

        if (total > 0)
        {
            LogCleaned(total, what);
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "{Count} {What} deleted that are past their retention")]
    private partial void LogCleaned(int count, string what);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "What is past its retention could not be deleted, will be tried again: {Failure}")]
    private partial void LogFailed(string failure);
}
