using Microsoft.Extensions.Options;
using Npgsql;
using PhoneMasking.Contracts;

namespace PhoneMasking.NumberService.Provisioning;

/// <summary>
/// Takes numbers from the order to Ready, and back to Twilio: each step is due at a time that the database keeps, so that a
/// crash leaves nothing that the next look does not find. Any number of instances share the work.
/// </summary>
internal sealed partial class ProvisioningWorker(
    StepClaims claims,
    StepRunner runner,
    StepLedger ledger,
    TwilioPause pause,
    ProvisioningSignal signal,
    ProvisioningMetrics metrics,
    IOptions<ProvisioningOptions> options,
    TimeProvider clock,
    ILogger<ProvisioningWorker> logger) : BackgroundService
{
    private static readonly TimeSpan CountInterval = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _slots = new(options.Value.Concurrency);
    private DateTimeOffset _countedAt = DateTimeOffset.MinValue;

    /// <summary>How many numbers are worked on just now.</summary>
    public int UnderWay => options.Value.Concurrency - _slots.CurrentCount;

    public override void Dispose()
    {
        _slots.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await StartDueStepsAsync(stoppingToken);
                await CountAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // The loop must outlive whatever happens to the database.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                LogClaimFailed(failure.GetType().Name);
            }

            await signal.WaitAsync(options.Value.PollInterval, clock, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await DrainAsync();
    }

    private async Task StartDueStepsAsync(CancellationToken cancellationToken)
    {
        var free = _slots.CurrentCount;
        if (free == 0 || pause.Left > TimeSpan.Zero)
        {
            return;
        }

        foreach (var step in await claims.TakeAsync(free, cancellationToken))
        {
            await _slots.WaitAsync(CancellationToken.None);
            _ = RunAsync(step, cancellationToken);
        }
    }

    // A stop ends the step between two calls at most: what was asked of Twilio is answered, and recorded.
    private async Task RunAsync(Step step, CancellationToken stoppingToken)
    {
        try
        {
            var outcome = await runner.RunAsync(step, stoppingToken);
            var recorded = await ledger.RecordAsync(step, outcome, CancellationToken.None);
            Tell(step, outcome, recorded);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await GiveBackAsync(step);
        }
#pragma warning disable CA1031 // The lease ends the number's wait, whatever went wrong here.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogStepBroke(step.Number.Id, step.Number.Stage, failure.GetType().Name);
            await GiveBackAsync(step);
        }
        finally
        {
            _slots.Release();
            signal.Wake();
        }
    }

    private async Task GiveBackAsync(Step step)
    {
        try
        {
            await claims.ReleaseAsync(step, CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // The database is away: the lease will do.
        }
    }

    private async Task CountAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now - _countedAt >= CountInterval)
        {
            _countedAt = now;
            metrics.ShowStages(await claims.CountAsync(cancellationToken));
        }
    }

    private void Tell(Step step, StepOutcome outcome, bool recorded)
    {
        switch (outcome)
        {
            case var _ when !recorded:
                LogLost(step.Number.Id, step.Number.Stage);
                break;
            case StepOutcome.Done:
                LogDone(step.Number.Id, step.Number.Stage);
                break;
            case StepOutcome.Waits { Reason: { } reason } waits:
                LogWaits(step.Number.Id, step.Number.Stage, reason, waits.ErrorCode);
                break;
            case StepOutcome.Stumbles stumbles:
                LogStumbles(step.Number.Id, step.Number.Stage, stumbles.Reason, stumbles.ErrorCode, step.Number.Tries + 1);
                break;
            case StepOutcome.Fails fails:
                LogFails(step.Number.Id, step.Number.Stage, fails.Reason, fails.ErrorCode);
                break;
            default:
                break;
        }
    }

    /// <summary>Waits for the steps that are under way, each bounded by the time limits of its calls.</summary>
    private async Task DrainAsync()
    {
        for (var slot = 0; slot < options.Value.Concurrency; slot++)
        {
            await _slots.WaitAsync();
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Numbers could not be claimed, will be tried again: {Failure}")]
    private partial void LogClaimFailed(string failure);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "The step of number {NumberId} in {Stage} broke off: {Failure}")]
    private partial void LogStepBroke(NumberId numberId, NumberStage stage, string failure);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "Number {NumberId}: the step of {Stage} is done")]
    private partial void LogDone(NumberId numberId, NumberStage stage);

    [LoggerMessage(EventId = 4, Level = LogLevel.Information, Message = "Number {NumberId} in {Stage} waits: {Reason}, Twilio code {ErrorCode}")]
    private partial void LogWaits(NumberId numberId, NumberStage stage, string reason, int? errorCode);

    [LoggerMessage(EventId = 5, Level = LogLevel.Warning, Message = "Number {NumberId} in {Stage}: {Reason}, Twilio code {ErrorCode}, try {Tries}")]
    private partial void LogStumbles(NumberId numberId, NumberStage stage, string reason, int? errorCode, int tries);

    [LoggerMessage(EventId = 6, Level = LogLevel.Error, Message = "Number {NumberId} failed in {Stage}: {Reason}, Twilio code {ErrorCode}")]
    private partial void LogFails(NumberId numberId, NumberStage stage, string reason, int? errorCode);

    [LoggerMessage(EventId = 7, Level = LogLevel.Information, Message = "Number {NumberId} in {Stage} was changed by somebody else meanwhile")]
    private partial void LogLost(NumberId numberId, NumberStage stage);
}
