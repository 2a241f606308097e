using MassTransit;
using PhoneMasking.Contracts;

namespace PhoneMasking.OpsConsole.Tests.Hosting;

/// <summary>Answers on a real broker as the services would, from lists that a test fills.</summary>
internal sealed class AnsweringServices : IAsyncDisposable
{
    private readonly IBusControl _bus;

    private AnsweringServices(IBusControl bus) => _bus = bus;

    public static async Task<AnsweringServices> StartAsync(
        string broker,
        Records records,
        CancellationToken cancellationToken,
        NumberDesk? desk = null,
        AlertDesk? alerts = null)
    {
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(new Uri(broker));
            rabbit.ReceiveEndpoint(new TemporaryEndpointDefinition(), queue =>
            {
                queue.Handler<ListSitters>(c => c.RespondAsync(records.Sitters(c.Message)));
                queue.Handler<ListClients>(c => c.RespondAsync(records.Clients(c.Message)));
                queue.Handler<ListNumbers>(c => c.RespondAsync(records.Numbers(c.Message)));
                queue.Handler<ListSessions>(c => c.RespondAsync(records.Sessions(c.Message)));
                queue.Handler<ListMessages>(c => c.RespondAsync(records.Messages(c.Message)));
                queue.Handler<ListAudit>(c => c.RespondAsync(records.AnswerAudit(c.Message)));
                (desk ?? new NumberDesk(records)).AnswerOn(queue);
                (alerts ?? new AlertDesk(records)).AnswerOn(queue);
            });
        });
        await bus.StartAsync(cancellationToken);
        return new AnsweringServices(bus);
    }

    public Task PublishAsync<TEvent>(TEvent happened, CancellationToken cancellationToken)
        where TEvent : class => _bus.Publish(happened, cancellationToken);

    public async ValueTask DisposeAsync() => await _bus.StopAsync(CancellationToken.None);
}
