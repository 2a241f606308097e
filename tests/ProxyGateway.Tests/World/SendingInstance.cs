using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.ServiceDefaults.Clock;
using PhoneMasking.ServiceDefaults.Telemetry;
using PhoneMasking.Twilio;
using PhoneMasking.Twilio.Accounts;

namespace PhoneMasking.ProxyGateway.Tests.World;

/// <summary>What an instance of the gateway sends with, without its timers.</summary>
internal sealed class SendingInstance
{
    private readonly NpgsqlDataSource _database;
    private readonly DatabaseClock _clock;
    private readonly OutboundClaims _claims;
    private readonly TextSender _sender;

    public SendingInstance(NpgsqlDataSource database, TimeProvider machine, ITwilioApi twilio)
    {
        _database = database;
        _clock = new DatabaseClock(machine);
        var options = Options.Create(new SendingOptions());
        var account = new TwilioAccount($"AC{1:x32}", "token", new Uri("http://127.0.0.1:9"));
        var steps = new ClockSteps(_clock, options);
        _claims = new OutboundClaims(
            database,
            options,
            account,
            new UnreadableTexts(database, new(), new(), _clock, NullLogger<UnreadableTexts>.Instance),
            steps,
            _clock);
        _sender = new TextSender(
            twilio,
            account,
            new ProviderGate(options, _clock, NullLogger<ProviderGate>.Instance),
            _claims,
            new ListedTexts(twilio, account),
            new MovedReceivers(database, new(), _clock),
            new Standings(database, _clock),
            steps,
            new BlockedAccount(database, new(), _clock, NullLogger<BlockedAccount>.Instance),
            Options.Create(new TwilioSettings { PublicBaseUrl = new Uri(GatewayHost.PublicBaseUrl) }),
            options,
            Options.Create(new TwilioApiOptions()),
            new ServiceTelemetry("test"),
            _clock,
            NullLogger<TextSender>.Instance);
    }

    public DateTimeOffset Now => _clock.GetUtcNow();

    public async Task ReadTimeAsync(CancellationToken cancellationToken)
    {
        var asked = _clock.GetTimestamp();
        await using var command = _database.CreateCommand("SELECT clock_timestamp()");
        _clock.Take(new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(cancellationToken))!), asked);
    }

    public Task<List<ClaimedText>> TakeAsync(CancellationToken cancellationToken, int limit = 10) =>
        _claims.TakeAsync(limit, cancellationToken);

    public Task<Attempt?> SendAsync(ClaimedText text, CancellationToken cancellationToken) =>
        _sender.SendAsync(text, cancellationToken);
}
