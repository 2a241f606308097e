using System.Collections.Concurrent;
using MassTransit;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Tests.Api;

/// <summary>
/// Answers for NumberService, SyncService and AlertService on a real broker, and keeps what it was asked. Whom it does not know is
/// refused; a name of <see cref="Nobody"/> is not answered at all.
/// </summary>
internal sealed class FakeOwners : IAsyncDisposable
{
    public const string Nobody = "Nobody Answers";

    private readonly ConcurrentQueue<object> _asked = [];
    private readonly ConcurrentDictionary<(Guid, Guid), SitterView> _sitters = [];
    private readonly ConcurrentDictionary<(Guid, Guid), ClientView> _clients = [];
    private readonly IBusControl _bus;

    private FakeOwners(Uri broker)
    {
        Numbers = new FakeNumbers(_asked.Enqueue);
        Alerts = new FakeAlerts(_asked.Enqueue);
        _bus = Bus.Factory.CreateUsingRabbitMq(rabbit => Configure(rabbit, broker));
    }

    /// <summary>The numbers there are.</summary>
    public FakeNumbers Numbers { get; }

    /// <summary>What happened, and what died.</summary>
    public FakeAlerts Alerts { get; }

    private void Configure(IRabbitMqBusFactoryConfigurator rabbit, Uri broker)
    {
        rabbit.Host(broker);
        rabbit.ReceiveEndpoint("fake-owners", endpoint =>
        {
            endpoint.ConcurrentMessageLimit = 8;
            endpoint.Handler<ListSitters>(context => AnswerAsync(context, new SitterPage([.. _sitters.Values], null)));
            endpoint.Handler<ReadSitter>(context => FindAsync(
                context, _sitters, context.Message.OrganisationId, context.Message.SitterId.Value, "sitter"));
            endpoint.Handler<RemoveSitter>(context => FindAsync(
                context, _sitters, context.Message.OrganisationId, context.Message.SitterId.Value, "sitter"));
            endpoint.Handler<AddSitter>(AddAsync);
            endpoint.Handler<ListClients>(context => AnswerAsync(context, new ClientPage([.. _clients.Values], null)));
            endpoint.Handler<ReadClient>(context => FindAsync(
                context, _clients, context.Message.OrganisationId, context.Message.ClientId.Value, "client"));
            endpoint.Handler<ChangeClient>(context => FindAsync(
                context, _clients, context.Message.OrganisationId, context.Message.ClientId.Value, "client"));
            endpoint.Handler<AddClient>(AddAsync);
            endpoint.Handler<ChangeSitter>(ChangeAsync);
            endpoint.Handler<ListFailures>(context => AnswerAsync(context, Failures(context.Message)));
            Numbers.AnswerOn(endpoint);
            Alerts.AnswerOn(endpoint);
            endpoint.Handler<ImportNumbers>(context => AnswerAsync(
                context, new NumbersImported(1, 0, [new ImportError(2, "Not a telephone number.")])));
        });
    }

    public static async Task<FakeOwners> StartAsync(Uri broker, CancellationToken cancellationToken)
    {
        var owners = new FakeOwners(broker);
        await owners._bus.StartAsync(cancellationToken);
        return owners;
    }

    /// <summary>What was asked of this type in an organisation.</summary>
    public IReadOnlyList<T> Asked<T>(Func<T, bool> condition) => [.. _asked.OfType<T>().Where(condition)];

    public async ValueTask DisposeAsync() => await _bus.StopAsync(CancellationToken.None);

    private Task AddAsync(ConsumeContext<AddSitter> context)
    {
        var request = context.Message;
        if (request.Name == Nobody)
        {
            return Task.CompletedTask;
        }

        if (request.Phone.Length < 7)
        {
            return AnswerAsync(context, new Refused(RefusalKind.Invalid, "invalid-phone", "Not a telephone number.", "phone"));
        }

        if (request.Name == "Late Comer")
        {
            return AnswerAsync(context, new Refused(RefusalKind.Conflict, "no-standby-number", "No standby number is Ready."));
        }

        var sitter = new SitterView(
            new SitterId(request.RequestId), request.Name, request.Email, E164Number.Parse("+13035550111"), null, null, true, 1, Now);
        _sitters[(request.OrganisationId.Value, request.RequestId)] = sitter;
        return AnswerAsync(context, sitter);
    }

    private Task AddAsync(ConsumeContext<AddClient> context)
    {
        var request = context.Message;
        var client = new ClientView(
            new ClientId(request.RequestId), request.Name, request.Email, [E164Number.Parse("+13035550171")], false, 1, Now);
        _clients[(request.OrganisationId.Value, request.RequestId)] = client;
        return AnswerAsync(context, client);
    }

    private Task FindAsync<TRequest, T>(
        ConsumeContext<TRequest> context,
        ConcurrentDictionary<(Guid, Guid), T> all,
        OrganisationId organisation,
        Guid id,
        string what)
        where TRequest : class
        where T : class =>
        all.TryGetValue((organisation.Value, id), out var found)
            ? AnswerAsync(context, found)
            : AnswerAsync(context, new Refused(RefusalKind.NotFound, $"unknown-{what}", $"There is no {what} with this id.", $"{what}Id"));

    private Task ChangeAsync(ConsumeContext<ChangeSitter> context) =>
        context.Message.Phone == "(303) 555-0131"
            ? AnswerAsync(context, new Refused(RefusalKind.Conflict, "phone-is-ours", "This is a number of yours.", "phone"))
            : FindAsync(context, _sitters, context.Message.OrganisationId, context.Message.SitterId.Value, "sitter");

    private Task AnswerAsync<TRequest, TAnswer>(ConsumeContext<TRequest> context, TAnswer answer)
        where TRequest : class
        where TAnswer : class
    {
        _asked.Enqueue(context.Message);
        return context.RespondAsync(answer);
    }

    private static FailurePage Failures(ListFailures request) => new(
        [
            new FailureView(
                MessageId.New(Now), Now, 30007, "filtered by Twilio or the carrier", FailureClass.Permanent, true, "undelivered",
                MessageDirection.ClientToSitter, null, request.SitterId, "Ana Alvarez", request.ClientId, "Maria Lopez", null, null,
                null, null, FailureAlert.Sitter),
        ],
        null,
        new FailureSummary(TimeSpan.FromHours(24), 1, 5, 0, null));

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();
}
