using System.Collections.Concurrent;
using Npgsql;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;
using PhoneMasking.Twilio;

namespace PhoneMasking.ProxyGateway.Sending;

/// <summary>
/// Tells that Twilio takes no text of the account: no text fails by that, so nobody would hear of it before a text is given up.
/// At once, and again from time to time while it lasts.
/// </summary>
internal sealed partial class BlockedAccount(
    NpgsqlDataSource database,
    OutboxSignal outbox,
    TimeProvider clock,
    ILogger<BlockedAccount> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(OrganisationId Organisation, TwilioError Error), long> _told = new();

    /// <summary>Tells it, unless this instance has done so within the hour. A database that is away only postpones it.</summary>
    /// <param name="text">The text that met it.</param>
    /// <param name="error">What Twilio said.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    public async Task TellAsync(SentText text, TwilioError error, CancellationToken cancellationToken)
    {
        LogBlocked(text.Id, error);
        var what = (text.OrganisationId, new TwilioError(error.HttpStatus, error.Code, null, null));
        var started = clock.GetTimestamp();
        if (_told.TryGetValue(what, out var last)
            ? clock.GetElapsedTime(last, started) < Interval || !_told.TryUpdate(what, started, last)
            : !_told.TryAdd(what, started))
        {
            return;
        }

        var now = clock.GetUtcNow();
        var blocked = new SendingBlocked(text.OrganisationId, text.Id, text.From, error.Code, error.HttpStatus, now);
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            await OutboxStatements.AddAsync(
                connection, GatewayDbContext.Schema, [OutboxMessage.Of(blocked, now)], cancellationToken);
            outbox.Wake();
        }
        catch (NpgsqlException failure)
        {
            _told.TryRemove(what, out _);
            LogNotTold(failure.GetType().Name);
        }
    }

    [LoggerMessage(
        EventId = 1, Level = LogLevel.Error, Message = "Text {MessageId} waits: Twilio takes no text of this account: {Error}")]
    private partial void LogBlocked(MessageId messageId, TwilioError error);

    [LoggerMessage(
        EventId = 2, Level = LogLevel.Warning, Message = "That the account is blocked is not told yet, will be told later: {Failure}")]
    private partial void LogNotTold(string failure);
}
