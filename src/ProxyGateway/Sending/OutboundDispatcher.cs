using Microsoft.Extensions.Options;

namespace PhoneMasking.ProxyGateway.Sending;

/// <summary>
/// Sends what is due, as many texts at a time as there are slots. The database is the queue: instances share it, order per
/// conversation holds, and a crash leaves nothing that the next look does not find.
/// </summary>
internal sealed partial class OutboundDispatcher(
    OutboundClaims claims,
    TextSender sender,
    AttemptWriter attempts,
    OutboundSignal signal,
    ProviderGate gate,
    IOptions<SendingOptions> options,
    TimeProvider clock,
    ILogger<OutboundDispatcher> logger) : BackgroundService
{
    private const int MaxClaim = 200;
    private readonly SemaphoreSlim _slots = new(options.Value.Slots);
    private volatile bool _wantsSlots;
    private bool _lookEverywhere = true;
    private long _lookedEverywhere;

    public override void Dispose()
    {
        _slots.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var mayBeMore = false;
            try
            {
                mayBeMore = await DispatchAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // Whatever it is: the gateway must not end, but take texts and try again.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                LogClaimFailed(failure.GetType().Name);
            }

            if (!mayBeMore)
            {
                await signal.WaitAsync(options.Value.PollInterval, clock, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await DrainAsync();
    }

    /// <summary>Sends what is due, up to the free slots.</summary>
    /// <returns>Whether it took all it could, so that there may be more.</returns>
    private async Task<bool> DispatchAsync(CancellationToken cancellationToken)
    {
        // Set before looking: a slot that is freed right after the look wakes the loop again.
        _wantsSlots = true;
        var free = gate.Admits(Math.Min(_slots.CurrentCount, MaxClaim));
        if (free == 0)
        {
            _lookEverywhere = true;
            return false;
        }

        _wantsSlots = false;
        var texts = await ClaimAsync(free, cancellationToken);
        foreach (var text in texts)
        {
            await _slots.WaitAsync(CancellationToken.None);
            _ = SendAsync(text);
        }

        return texts.Count == free;
    }

    // Looks where it was told to, and from time to time everywhere: for what fell due or was left behind by another instance.
    private async Task<List<ClaimedText>> ClaimAsync(int limit, CancellationToken cancellationToken)
    {
        var threads = signal.TakeThreads();
        var everywhere = _lookEverywhere
            || threads.Count == 0
            || clock.GetElapsedTime(_lookedEverywhere) >= options.Value.PollInterval;

        // Stays so when this look fails: what was named is then forgotten.
        _lookEverywhere = true;
        if (everywhere)
        {
            _lookedEverywhere = clock.GetTimestamp();
        }

        var texts = everywhere
            ? await claims.TakeAsync(limit, cancellationToken)
            : await claims.TakeAsync(threads, limit, cancellationToken);
        _lookEverywhere = texts.Count == limit;
        return texts;
    }

    // Not cancelled by a shutdown: a call that has started is ended by its own time limit, and its end recorded.
    private async Task SendAsync(ClaimedText text)
    {
        try
        {
            if (await sender.SendAsync(text, CancellationToken.None) is { } attempt)
            {
                await attempts.RecordAsync(attempt, CancellationToken.None);
            }
        }
#pragma warning disable CA1031 // The lease ends the text's wait, whatever went wrong here.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogSendFailed(text.Text.Id.Value, failure.GetType().Name);
        }
        finally
        {
            _slots.Release();
            if (_wantsSlots)
            {
                signal.WakeForAll();
            }
        }
    }

    /// <summary>Waits for the calls that are under way, each bounded by its time limit.</summary>
    private async Task DrainAsync()
    {
        for (var slot = 0; slot < options.Value.Slots; slot++)
        {
            await _slots.WaitAsync();
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Texts could not be claimed, will be tried again: {Failure}")]
    private partial void LogClaimFailed(string failure);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "Text {MessageId} is left to its lease: {Failure}")]
    private partial void LogSendFailed(Guid messageId, string failure);
}
