using System.Collections.Concurrent;
using MassTransit;
using PhoneMasking.Contracts;

namespace PhoneMasking.OpsConsole.Tests.Hosting;

/// <summary>Answers on a real broker as the services would, from lists that a test fills.</summary>
internal sealed class AnsweringServices : IAsyncDisposable
{
    private readonly IBusControl _bus;

    private AnsweringServices(IBusControl bus, ConcurrentQueue<IAuditedEvent> told) => (_bus, Told) = (bus, told);

    /// <summary>What the console told the audit log, in the order of arrival.</summary>
    public ConcurrentQueue<IAuditedEvent> Told { get; }

    public static async Task<AnsweringServices> StartAsync(
        string broker,
        Records records,
        CancellationToken cancellationToken,
        NumberDesk? desk = null,
        AlertDesk? alerts = null)
    {
        var told = new ConcurrentQueue<IAuditedEvent>();
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
                Keep<ConsoleSignedIn>(queue, told);
                Keep<ConsoleSignInRefused>(queue, told);
                Keep<ConsoleSignedOut>(queue, told);
                Keep<RecordsExported>(queue, told);
                (desk ?? new NumberDesk(records)).AnswerOn(queue);
                (alerts ?? new AlertDesk(records)).AnswerOn(queue);
            });
        });
        await bus.StartAsync(cancellationToken);
        return new AnsweringServices(bus, told);
    }

    public Task PublishAsync<TEvent>(TEvent happened, CancellationToken cancellationToken)
        where TEvent : class => _bus.Publish(happened, cancellationToken);

    private static void Keep<TEvent>(IReceiveEndpointConfigurator queue, ConcurrentQueue<IAuditedEvent> told)
        where TEvent : class, IAuditedEvent => queue.Handler<TEvent>(context =>
    {
        told.Enqueue(context.Message);
        return Task.CompletedTask;
    });

    public async ValueTask DisposeAsync() => await _bus.StopAsync(CancellationToken.None);
}
