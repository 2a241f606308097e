using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PhoneMasking.AlertService.DeadLetters;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;
using PhoneMasking.TestServers;
using RabbitMQ.Client;

namespace PhoneMasking.AlertService.Tests.DeadLetters;

/// <summary>Two AlertServices on servers of their own: dead letters belong to no organisation, so tests use their own queues.</summary>
public sealed class DeadLetterWorld : IAsyncLifetime
{
    public const string By = "console";
    public const string ContentType = "application/vnd.masstransit+json";

    /// <summary>Stands for what must never be shown.</summary>
    public const string Canary = "the key is under the mat, call +13035550142";

    private IConnection? _connection;

    internal TestDatabase Database { get; private set; } = null!;

    internal TestVirtualHost Broker { get; private set; } = null!;

    internal TestBus Bus { get; private set; } = null!;

    internal ServiceHost<AlertDbContext> First { get; private set; } = null!;

    internal ServiceHost<AlertDbContext> Second { get; private set; } = null!;

    internal static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var servers = await TestInfrastructure.GetAsync();
        Database = await servers.CreateDatabaseAsync(Cancelled);
        Broker = await servers.CreateVirtualHostAsync(Cancelled);
        Bus = await new TestBus(Broker).StartAsync(Cancelled);

        // What piles up in one test is no alert in the other.
        First = await StartHostAsync();
        Second = await StartHostAsync();
        _connection = await new ConnectionFactory { Uri = Broker.Uri }.CreateConnectionAsync(Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        await First.DisposeAsync();
        await Second.DisposeAsync();
        await Bus.DisposeAsync();
        await Broker.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>A queue of a service; in a deadly one each message dies at once.</summary>
    internal async Task QueueAsync(string queue, bool deadly)
    {
        await using var channel = await ChannelAsync();
        var arguments = new Dictionary<string, object?>
        {
            ["x-queue-type"] = "quorum",
            ["x-dead-letter-exchange"] = "dead-letters",
        };
        if (deadly)
        {
            arguments["x-message-ttl"] = 1;
        }

        await channel.QueueDeclareAsync(
            queue, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: Cancelled);
    }

    internal async Task RemoveQueueAsync(string queue)
    {
        await using var channel = await ChannelAsync();
        await channel.QueueDeleteAsync(queue, cancellationToken: Cancelled);
    }

    /// <summary>Puts a message into a queue, as it is.</summary>
    internal async Task PublishAsync(string queue, byte[] body)
    {
        await using var channel = await ChannelAsync();
        var properties = new BasicProperties { ContentType = ContentType, Persistent = true };
        await channel.BasicPublishAsync(string.Empty, queue, mandatory: true, properties, body, Cancelled);
    }

    /// <summary>Whether the broker holds no dead letter any more.</summary>
    internal async Task<bool> IsCollectedAsync() => await CountAsync("dead-letters") == 0;

    /// <summary>How many messages wait in a queue.</summary>
    internal async Task<uint> CountAsync(string queue)
    {
        await using var channel = await ChannelAsync();
        return await channel.MessageCountAsync(queue, Cancelled);
    }

    internal Task ExecuteAsync(string sql) => ReadAsync(db => db.Database.ExecuteSqlRawAsync(sql, Cancelled));

    /// <summary>A message dies in a queue of this name, which is there for this only, and is kept.</summary>
    internal async Task<DeadLetterView> DieAsync(string queue, Guid? id = null)
    {
        await QueueAsync(queue, deadly: true);
        var message = id ?? Guid.CreateVersion7();
        await PublishAsync(queue, Encoding.UTF8.GetBytes(Envelope(message)));
        return await KeptAsync(letter => letter.MessageId == message && letter.State == DeadLetterState.Open);
    }

    /// <summary>A dead letter whose queue works by now.</summary>
    internal async Task<DeadLetterView> DieAndRepairAsync(string queue)
    {
        var letter = await DieAsync(queue);
        await RemoveQueueAsync(queue);
        await QueueAsync(queue, deadly: false);
        return letter;
    }

    /// <summary>What is in a queue; it is gone from there then.</summary>
    internal async Task<IReadOnlyList<BasicGetResult>> TakeAllAsync(string queue)
    {
        await using var channel = await ChannelAsync();
        var taken = new List<BasicGetResult>();
        while (await channel.BasicGetAsync(queue, autoAck: true, Cancelled) is { } message)
        {
            taken.Add(message);
        }

        return taken;
    }

    /// <summary>Waits for a dead letter.</summary>
    internal async Task<DeadLetterView> KeptAsync(Func<DeadLetterView, bool> condition)
    {
        DeadLetterView? kept = null;
        await Eventually.TrueAsync(
            async () => (kept = (await AllAsync()).FirstOrDefault(condition)) is not null, "the dead letter", Cancelled);
        return kept!;
    }

    internal async Task<IReadOnlyList<DeadLetterView>> AllAsync() =>
        Assert.IsType<DeadLetterPage>(await Bus.AskAsync<ListDeadLetters, DeadLetterPage>(
            new ListDeadLetters(null, 200), Cancelled)).Items;

    internal Task<object> SendAgainAsync(Guid id) =>
        Bus.AskAsync<SendDeadLetterAgain, DeadLetterView>(new SendDeadLetterAgain(id, By), Cancelled);

    internal Task<object> DiscardAsync(Guid id, string why = "Nobody waits for it") =>
        Bus.AskAsync<DiscardDeadLetter, DeadLetterView>(new DiscardDeadLetter(id, By, why), Cancelled);

    internal async Task<T> ReadAsync<T>(Func<AlertDbContext, Task<T>> read)
    {
        await using var scope = First.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<AlertDbContext>());
    }

    internal Task<DeadLetter> RowAsync(Guid id) =>
        ReadAsync(db => db.DeadLetters.AsNoTracking().SingleAsync(letter => letter.Id == id, Cancelled));

    /// <summary>Waits for what the audit log says of a dead letter.</summary>
    internal async Task<IReadOnlyList<string>> AuditedAsync(Guid id, int lines)
    {
        List<string> found = [];
        var mark = $"%{id}%";
        await Eventually.TrueAsync(
            async () => (found = await ReadAsync(db => db.Audit
                .Where(record => EF.Functions.ILike(record.Details!, mark))
                .OrderBy(record => record.Id)
                .Select(record => $"{record.Event} {record.Details}")
                .ToListAsync(Cancelled))).Count >= lines,
            $"{lines} lines of the audit log",
            Cancelled);
        return found;
    }

    internal static string Envelope(Guid id, string message = $"\"{Canary}\"") => $$"""
        {"messageId":"{{id}}","messageType":["urn:message:PhoneMasking.Contracts:RouteConversations"],"message":{{message}} }
        """;

    private Task<ServiceHost<AlertDbContext>> StartHostAsync() =>
        new ServiceHost<AlertDbContext>(Database, Broker, ("DeadLetters:AlertThreshold", "1000"), ("DeadLetters:ParkedInterval", "00:00:02")).StartAsync(Cancelled);

    private Task<IChannel> ChannelAsync() => _connection!.CreateChannelAsync(
        new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), Cancelled);
}
