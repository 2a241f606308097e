using System.Text.Json;
using PhoneMasking.Contracts;
using PhoneMasking.EndToEnd.Judging;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Numbers;

/// <summary>Allocation is atomic over all instances: each number goes to one client, and who gets none is told so.</summary>
public sealed class When_100_clients_want_10_numbers(ProductSystem product)
{
    private const int Clients = 100;
    private const int PoolNumbers = 10;

    [Fact]
    public async Task Should_give_each_number_once_and_tell_the_others_that_the_pool_is_empty()
    {
        await using var second = product.MoreNumbers("second");
        await second.StartAsync(TestContext.Current.CancellationToken);
        using var business = await Business.OpenAsync(product);
        await business.ImportAsync(PoolNumbers, "pool");
        var clients = await business.AddClientsAsync(Clients);

        var answers = await AllocateAsync(business, clients);

        // Who had to ask twice may hear then what the first time gave.
        var allocated = answers
            .Where(answer => answer.Result == "ALLOCATED" || (answer.Repeated && answer.Result == "ALREADY_ASSIGNED"))
            .ToList();
        Assert.Equal(PoolNumbers, allocated.Count);
        Assert.All(allocated, answer => Assert.Equal(answer.Result == "ALLOCATED" ? 201 : 200, answer.Status));
        var rest = answers.Except(allocated).ToList();
        Assert.All(rest, answer => Assert.Equal((409, "POOL_EMPTY"), (answer.Status, answer.Result)));
        Assert.Equal(Clients - PoolNumbers, rest.Count);
        Assert.Equal(PoolNumbers, allocated.Select(answer => answer.Number).Distinct().Count());
        Assert.Equal(
            allocated.Select(answer => (answer.Client, answer.Number)).Order(),
            (await business.NumbersAsync("dedicated"))
                .Select(number => ($"{number.ClientId}", (string?)number.Number!.Reveal())).Order());

        // Again: who has a number keeps it, and nobody gets a second one.
        var again = await AllocateAsync(business, [.. clients.Where(client => allocated.Any(one => one.Client == $"{client.Id}"))]);
        Assert.Equal(
            allocated.Select(answer => (answer.Client, answer.Number)).Order(),
            again.Select(answer => (answer.Client, answer.Number)).Order());
        Assert.All(again, answer => Assert.Equal((200, "ALREADY_ASSIGNED"), (answer.Status, answer.Result)));
        var pool = await business.GetAsync<JsonElement>("pool");
        Assert.Equal((0, PoolNumbers), (pool.GetProperty("available").GetInt32(), pool.GetProperty("assigned").GetInt32()));
        await business.AuditedAsync("true", [.. Enumerable.Repeat("NumberAllocated", PoolNumbers)]);
        await Judge.DrainedAsync(product);
        Assert.Equal([], product.Output.Leaks);
    }

    // All at once, and to both gateways in turn.
    private async Task<IReadOnlyList<Allocation>> AllocateAsync(Business business, IReadOnlyList<ClientView> clients) =>
        await Task.WhenAll(clients.Select(async (client, index) =>
        {
            var gateway = product.Gateways[index % product.Gateways.Count].Address!;
            var (status, content, repeated) = await business.PostToAsync(gateway, "pool/allocations", new { clientId = client.Id });
            return new Allocation(
                $"{client.Id}",
                status,
                content.GetProperty("result").GetString(),
                content.TryGetProperty("number", out var number) ? number.GetString() : null,
                repeated);
        }));

    private sealed record Allocation(string Client, int Status, string? Result, string? Number, bool Repeated);
}
