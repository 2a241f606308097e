using System.Globalization;
using PhoneMasking.Contracts;

namespace PhoneMasking.EndToEnd.Product;

/// <summary>The people and numbers that tests need beside the sample data, added the way an owner adds them.</summary>
internal sealed class Town(ProductSystem product)
{
    private const int PoolSize = 60;
    private const int AtATime = 8;
    private const int CrowdSitters = 10;
    private const int CrowdClients = 50;

    private readonly HashSet<string> _pool = [.. SampleNumbers.Pool];
    private int _people;
    private Crowd? _crowd;

    /// <summary>Every pool number of the product.</summary>
    public IReadOnlySet<string> Pool => _pool;

    /// <summary>Waits until the gateway knows the sample data, and adds a pool for the tests.</summary>
    public async Task OpenAsync()
    {
        await Until.QueryAsync(product, "SELECT count(*) >= 3 FROM gateway.sitters", "the sample sitters");
        await Until.QueryAsync(product, "SELECT count(*) >= 3 FROM gateway.clients", "the sample clients");
        await AddPoolAsync(PoolSize);
    }

    /// <summary>Imports pool numbers; returns when the gateway has them.</summary>
    public async Task AddPoolAsync(int count)
    {
        var numbers = FictionNumbers.Next(count);
        await ImportAsync(numbers, NumberLifecycle.Pool);
        _pool.UnionWith(numbers);
        await Until.QueryAsync(
            product,
            $"SELECT count(*) >= {_pool.Count} FROM gateway.numbers WHERE lifecycle = 0 AND status = 1",
            "the pool numbers");
    }

    /// <summary>Adds a sitter with a Reserved number; returns when the gateway knows both.</summary>
    public async Task<Sitter> AddSitterAsync() => (await AddSittersAsync(1))[0];

    /// <summary>Adds sitters with a Reserved number each; returns when the gateway knows them.</summary>
    public async Task<IReadOnlyList<Sitter>> AddSittersAsync(int count)
    {
        await ImportAsync(FictionNumbers.Next(count), NumberLifecycle.StandbyReserved);
        await using var bus = await BusClient.OpenAsync(product);
        var sitters = new List<Sitter>();
        for (var index = 0; index < count; index++)
        {
            var name = $"Sitter {Interlocked.Increment(ref _people)}";
            var added = await bus.AskAsync<AddSitter, SitterView>(new AddSitter(
                OrganisationId.Default, Guid.CreateVersion7(), name, null, FictionNumbers.Next()));
            sitters.Add(new Sitter(added.Id, added.Name, added.RealNumber.Reveal(), added.ReservedNumber!.Reveal()));
        }

        var ids = string.Join(',', sitters.Select(sitter => $"'{sitter.Id}'"));
        await Until.QueryAsync(
            product,
            $"""
            SELECT count(*) = {count} FROM gateway.sitters sitter JOIN gateway.numbers number ON number.sitter_id = sitter.id
            WHERE sitter.id IN ({ids}) AND number.lifecycle = 1
            """,
            "the sitters");
        return sitters;
    }

    /// <summary>Sitters and clients for loads, the same each time, with open sessions or not.</summary>
    public async Task<Crowd> CrowdAsync() =>
        _crowd ??= new Crowd(await AddSittersAsync(CrowdSitters), await AddClientsAsync(CrowdClients));

    /// <summary>Adds clients; returns when the gateway knows them.</summary>
    public async Task<IReadOnlyList<Client>> AddClientsAsync(int count)
    {
        var clients = new Client[count];
        await using var bus = await BusClient.OpenAsync(product);
        await Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = AtATime },
            async (index, _) =>
            {
                var number = Interlocked.Increment(ref _people);
                var name = string.Create(CultureInfo.InvariantCulture, $"Client {number}");
                var added = await bus.AskAsync<AddClient, ClientView>(new AddClient(
                    OrganisationId.Default, Guid.CreateVersion7(), name, null, [FictionNumbers.Next()]));
                clients[index] = new Client(added.Id, name, added.Numbers[0].Reveal());
            });
        var ids = string.Join(',', clients.Select(client => $"'{client.Id}'"));
        await Until.QueryAsync(
            product,
            $"SELECT count(*) = {count} FROM gateway.client_numbers WHERE client_id IN ({ids})",
            "the clients");
        return clients;
    }

    private async Task ImportAsync(IReadOnlyList<string> numbers, NumberLifecycle lifecycle)
    {
        foreach (var number in numbers)
        {
            await product.Simulator.AddNumberAsync(number);
        }

        await using var bus = await BusClient.OpenAsync(product);
        var imported = await bus.AskAsync<ImportNumbers, NumbersImported>(
            new ImportNumbers(OrganisationId.Default, string.Join('\n', numbers), lifecycle));
        Assert.Empty(imported.Errors);
    }
}

/// <summary>A sitter, with the phone that no client may see.</summary>
internal sealed record Sitter(SitterId Id, string Name, string Real, string Reserved);

/// <summary>A client, with the phone that no sitter may see.</summary>
internal sealed record Client(ClientId Id, string Name, string Real);

/// <summary>Those whose texts make a load.</summary>
internal sealed record Crowd(IReadOnlyList<Sitter> Sitters, IReadOnlyList<Client> Clients);
