using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.AlertService.Failures.Recording;
using PhoneMasking.AlertService.Failures.Retrying;
using PhoneMasking.Contracts;
using PhoneMasking.TestServers;
using static PhoneMasking.AlertService.Tests.AlertServiceFixture;

namespace PhoneMasking.AlertService.Tests.Failures;

/// <summary>One organisation with a sitter and a client, whose texts fail.</summary>
internal sealed class Business(FailureInstance instance)
{
    private long _sequence;

    public OrganisationId Organisation { get; } = NewOrganisation();

    public SitterId Sitter { get; } = SitterId.New(TimeProvider.System.GetUtcNow());

    public ClientId Client { get; } = ClientId.New(TimeProvider.System.GetUtcNow());

    /// <summary>The sitter's thread with the client.</summary>
    public long Conversation { get; } = BitConverter.ToInt64(Guid.CreateVersion7().ToByteArray().AsSpan(8));

    private FakeClock Clock => instance.Clock;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>A failure of a text from the sitter to the client, now.</summary>
    public MessageFailed Failure(
        int? code,
        string outcome = "undelivered",
        MessageDirection direction = MessageDirection.SitterToClient,
        ClientId? client = null,
        MessageId? id = null) => new(
        Organisation,
        id ?? MessageId.New(Clock.GetUtcNow()),
        direction,
        SessionId: null,
        Sitter,
        client ?? Client,
        code,
        outcome,
        Clock.GetUtcNow(),
        E164Number.Parse("+13035550131"),
        Conversation,
        ++_sequence);

    public FailureResolved Delivery(MessageId id) => new(Organisation, id, Clock.GetUtcNow());

    /// <summary>Lets a text fail.</summary>
    public async Task<MessageId> FailAsync(
        int? code,
        string outcome = "undelivered",
        MessageDirection direction = MessageDirection.SitterToClient,
        ClientId? client = null)
    {
        var failed = Failure(code, outcome, direction, client);
        await instance.FailAsync(failed);
        return failed.MessageId;
    }

    public Task<Failure> RecordAsync(MessageId id) => instance.ReadAsync(db => db.Failures.AsNoTracking().SingleAsync(
        failure => failure.MessageId == id, Cancelled));

    public Task<PlannedRetry?> RetryAsync(MessageId id) => instance.ReadAsync(db => db.Retries.AsNoTracking().SingleOrDefaultAsync(
        retry => retry.MessageId == id, Cancelled));

    /// <summary>The retries that the gateway was told of, a list for each command.</summary>
    public async Task<MessageId[][]> OrderedAsync() =>
        [.. (await CommandsAsync()).Select(command => command.Retries.Select(retry => retry.MessageId).ToArray())];

    /// <summary>The commands that repeat texts.</summary>
    public async Task<RetryMessages[]> CommandsAsync() =>
        [.. (await MessagesAsync<RetryMessages>()).Where(command => command.OrganisationId == Organisation)];

    /// <summary>The alerts to sitters that the gateway was told of.</summary>
    public async Task<SendSitterAlert[]> AlertsAsync() =>
        [.. (await MessagesAsync<SendSitterAlert>()).Where(command => command.OrganisationId == Organisation)];

    /// <summary>The templates of the e-mails to the owner, in their order.</summary>
    public Task<List<string>> EmailsAsync() => instance.ReadAsync(db => db.Emails
        .Where(email => email.OrganisationId == Organisation)
        .OrderBy(email => email.CreatedAt)
        .Select(email => email.Template)
        .ToListAsync(Cancelled));

    private async Task<IEnumerable<T>> MessagesAsync<T>()
    {
        var rows = await instance.ReadAsync(db => db.Outbox
            .Where(message => message.Type == typeof(T).Name)
            .OrderBy(message => message.Sequence)
            .Select(message => message.Body)
            .ToListAsync(Cancelled));
        return rows.Select(body => JsonSerializer.Deserialize<T>(body, JsonSerializerOptions.Web)!);
    }
}
