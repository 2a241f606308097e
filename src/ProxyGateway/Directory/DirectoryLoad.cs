using MassTransit;
using Npgsql;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Directory;

/// <summary>
/// Reads all numbers, sitters and clients once after the start, so that a gateway whose queues were not there yet when they
/// were announced knows them, too. Versions keep it from overwriting newer news. The first time texts wait for it.
/// </summary>
internal sealed partial class DirectoryLoad(
    NpgsqlDataSource database,
    IServiceScopeFactory scopes,
    DirectoryWriter directory,
    FirstLoad firstLoad,
    TimeProvider clock,
    ILogger<DirectoryLoad> logger) : BackgroundService
{
    private const int PageSize = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // A question that nobody heard is never answered; at a first start, the sooner it is asked again the sooner texts flow.
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostPatience = TimeSpan.FromSeconds(30);
    private TimeSpan _patience = FirstPatience;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await UntilDoneAsync("numbers", token => ForEachAsync(LoadNumbersAsync, token), stoppingToken);
        await UntilDoneAsync("sitters", token => ForEachAsync(LoadSittersAsync, token), stoppingToken);
        await UntilDoneAsync("clients", token => ForEachAsync(LoadClientsAsync, token), stoppingToken);
        await UntilDoneAsync("marks", firstLoad.RecordAsync, stoppingToken);
    }

    private async Task UntilDoneAsync(string what, Func<CancellationToken, Task> load, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await load(cancellationToken);
                return;
            }

            // Whatever it is, texts may be waiting for this: it is never given up.
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                var kind = failure.GetType().Name;

                // Where all services start together it is nothing to worry about at first.
                if (_patience < MostPatience)
                {
                    LogNotThere(what, kind);
                }
                else
                {
                    LogStillNotThere(what, kind);
                }

                _patience = _patience * 2 < MostPatience ? _patience * 2 : MostPatience;
                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
    }

    private async Task ForEachAsync(Func<OrganisationId, CancellationToken, Task> load, CancellationToken cancellationToken)
    {
        foreach (var organisation in await OrganisationsAsync(cancellationToken))
        {
            await load(organisation, cancellationToken);
        }
    }

    private async Task<List<OrganisationId>> OrganisationsAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT id FROM gateway.organisations");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var organisations = new List<OrganisationId>();
        while (await reader.ReadAsync(cancellationToken))
        {
            organisations.Add(new OrganisationId(reader.GetGuid(0)));
        }

        return organisations;
    }

    private Task LoadNumbersAsync(OrganisationId organisation, CancellationToken cancellationToken) =>
        ReadAsync<ListNumbers, NumberPage, NumberId, NumberView>(
            after => new ListNumbers(organisation, after, PageSize),
            page => (page.Items, page.Next),
            view => view.Number is { } number
                ? directory.SaveAsync(
                    new NumberChanged(
                        organisation,
                        view.Id,
                        number,
                        view.Lifecycle,
                        view.Status,
                        view.SitterId,
                        view.Version,
                        clock.GetUtcNow()),
                    cancellationToken)
                : Task.CompletedTask,
            cancellationToken);

    private Task LoadSittersAsync(OrganisationId organisation, CancellationToken cancellationToken) =>
        ReadAsync<ListSitters, SitterPage, SitterId, SitterView>(
            after => new ListSitters(organisation, after, PageSize),
            page => (page.Items, page.Next),
            sitter => directory.SaveAsync(
                new SitterChanged(
                    organisation,
                    sitter.Id,
                    sitter.Name,
                    sitter.RealNumber,
                    sitter.ReservedNumberId,
                    sitter.ReservedNumber,
                    sitter.Active,
                    sitter.Version,
                    clock.GetUtcNow()),
                cancellationToken),
            cancellationToken);

    private Task LoadClientsAsync(OrganisationId organisation, CancellationToken cancellationToken) =>
        ReadAsync<ListClients, ClientPage, ClientId, ClientView>(
            after => new ListClients(organisation, after, PageSize),
            page => (page.Items, page.Next),
            client => directory.SaveAsync(
                new ClientChanged(
                    organisation,
                    client.Id,
                    client.Name,
                    client.Numbers,
                    client.Provisional,
                    client.Version,
                    clock.GetUtcNow()),
                cancellationToken),
            cancellationToken);

    /// <summary>Asks for page after page, and saves what each holds.</summary>
    private async Task ReadAsync<TRequest, TPage, TId, TItem>(
        Func<TId?, TRequest> ask,
        Func<TPage, (IReadOnlyList<TItem> Items, TId? Next)> read,
        Func<TItem, Task> save,
        CancellationToken cancellationToken)
        where TRequest : class
        where TPage : class
        where TId : struct
    {
        await using var scope = scopes.CreateAsyncScope();
        var owner = scope.ServiceProvider.GetRequiredService<IRequestClient<TRequest>>();
        TId? after = null;
        do
        {
            var answer = await owner.GetResponse<TPage>(ask(after), cancellationToken, RequestTimeout.After(ms: (int)_patience.TotalMilliseconds));
            var (items, next) = read(answer.Message);
            foreach (var item in items)
            {
                await save(item);
            }

            after = next;
        }
        while (after is not null);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "The directory is not read yet, the {What} are missing: {Failure}")]
    private partial void LogNotThere(string what, string failure);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "The directory is still not read, the {What} are missing: {Failure}")]
    private partial void LogStillNotThere(string what, string failure);
}
