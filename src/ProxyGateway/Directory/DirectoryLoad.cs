using MassTransit;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Directory;

/// <summary>
/// Reads all numbers, sitters and clients once after the start, so that a gateway whose queues were not there yet when they
/// were announced knows them, too. Versions keep it from overwriting newer news.
/// </summary>
internal sealed partial class DirectoryLoad(
    IServiceScopeFactory scopes,
    DirectoryWriter directory,
    TimeProvider clock,
    ILogger<DirectoryLoad> logger) : BackgroundService
{
    private const int PageSize = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await UntilDoneAsync("numbers", LoadNumbersAsync, stoppingToken);
        await UntilDoneAsync("sitters", LoadSittersAsync, stoppingToken);
        await UntilDoneAsync("clients", LoadClientsAsync, stoppingToken);
    }

    private async Task UntilDoneAsync(
        string what,
        Func<IServiceProvider, CancellationToken, Task> load,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await load(scope.ServiceProvider, cancellationToken);
                return;
            }
            catch (Exception failure) when (failure is RequestException or Npgsql.NpgsqlException)
            {
                LogNotThere(what, failure.GetType().Name);
                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
    }

    private async Task LoadNumbersAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var client = services.GetRequiredService<IRequestClient<ListNumbers>>();
        NumberId? after = null;
        do
        {
            var page = await client.GetResponse<NumberPage>(
                new ListNumbers(OrganisationId.Default, after, PageSize), cancellationToken);
            foreach (var number in page.Message.Items)
            {
                await directory.SaveAsync(
                    new NumberChanged(
                        OrganisationId.Default,
                        number.Id,
                        number.Number,
                        number.Lifecycle,
                        number.Status,
                        number.SitterId,
                        number.Version,
                        clock.GetUtcNow()),
                    cancellationToken);
            }

            after = page.Message.Next;
        }
        while (after is not null);
    }

    private async Task LoadSittersAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var client = services.GetRequiredService<IRequestClient<ListSitters>>();
        SitterId? after = null;
        do
        {
            var page = await client.GetResponse<SitterPage>(
                new ListSitters(OrganisationId.Default, after, PageSize), cancellationToken);
            foreach (var sitter in page.Message.Items)
            {
                await directory.SaveAsync(
                    new SitterChanged(
                        OrganisationId.Default,
                        sitter.Id,
                        sitter.Name,
                        sitter.RealNumber,
                        sitter.ReservedNumberId,
                        sitter.ReservedNumber,
                        sitter.Active,
                        sitter.Version,
                        clock.GetUtcNow()),
                    cancellationToken);
            }

            after = page.Message.Next;
        }
        while (after is not null);
    }

    private async Task LoadClientsAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var client = services.GetRequiredService<IRequestClient<ListClients>>();
        ClientId? after = null;
        do
        {
            var page = await client.GetResponse<ClientPage>(
                new ListClients(OrganisationId.Default, after, PageSize), cancellationToken);
            foreach (var known in page.Message.Items)
            {
                await directory.SaveAsync(
                    new ClientChanged(
                        OrganisationId.Default,
                        known.Id,
                        known.Name,
                        known.Numbers,
                        known.Provisional,
                        known.Version,
                        clock.GetUtcNow()),
                    cancellationToken);
            }

            after = page.Message.Next;
        }
        while (after is not null);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Waiting for the service that knows the {What}: {Failure}")]
    private partial void LogNotThere(string what, string failure);
}
