using Microsoft.Extensions.DependencyInjection;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Directory;

namespace PhoneMasking.ProxyGateway.Tests.World;

/// <summary>A business with its sitters, clients and numbers, as the other services tell the gateway of them.</summary>
internal sealed class Business(GatewayWorld world)
{
    private readonly DirectoryWriter _directory = world.Hosts[0].Services.GetRequiredService<DirectoryWriter>();

    public OrganisationId Organisation { get; } = OrganisationId.New(TimeProvider.System.GetUtcNow());

    /// <summary>Adds a sitter with a Reserved number.</summary>
    public async Task<SitterChanged> SitterAsync(string name = "Ana")
    {
        var reserved = await NumberAsync(NumberLifecycle.ReservedActive, sitter: SitterId.New(Now));
        var sitter = new SitterChanged(
            Organisation, reserved.SitterId!.Value, name, FictionNumbers.Next(), reserved.NumberId, reserved.Number, true, 1, Now);
        await _directory.SaveAsync(sitter, TestContext.Current.CancellationToken);
        return sitter;
    }

    /// <summary>Adds a client with phones, one when none is given.</summary>
    public async Task<ClientChanged> ClientAsync(string name = "Maria Lopez", params E164Number[] phones)
    {
        var client = new ClientChanged(
            Organisation, ClientId.New(Now), name, phones is [] ? [FictionNumbers.Next()] : phones, false, 1, Now);
        await _directory.SaveAsync(client, TestContext.Current.CancellationToken);
        return client;
    }

    /// <summary>Adds a Ready pool number.</summary>
    public Task<NumberChanged> PoolNumberAsync(int? area = null) => NumberAsync(NumberLifecycle.Pool, area);

    /// <summary>Adds a number.</summary>
    public async Task<NumberChanged> NumberAsync(
        NumberLifecycle lifecycle,
        int? area = null,
        SitterId? sitter = null,
        NumberStatus status = NumberStatus.Ready)
    {
        var number = new NumberChanged(
            Organisation, NumberId.New(Now), FictionNumbers.Next(area), lifecycle, status, sitter, 1, Now);
        await SaveAsync(number);
        return number;
    }

    public Task SaveAsync(NumberChanged number) => _directory.SaveAsync(number, TestContext.Current.CancellationToken);

    public Task SaveAsync(ClientChanged client) => _directory.SaveAsync(client, TestContext.Current.CancellationToken);

    public Task SaveAsync(SitterChanged sitter) => _directory.SaveAsync(sitter, TestContext.Current.CancellationToken);

    private DateTimeOffset Now => world.Clock.GetUtcNow();
}
