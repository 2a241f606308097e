using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Inventory;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.NumberService.Sitters;

namespace PhoneMasking.NumberService.SampleData;

/// <summary>
/// Three sitters with Reserved numbers, a standby number and six pool numbers, added at start to a schema that holds
/// nothing else. A crash half-way is made good by the next start.
/// </summary>
internal sealed class Samples(IServiceScopeFactory scopes, NumberingRegion region) : IHostedService
{
    private const string Numbers = """
        number,lifecycle
        +13035550131,standby
        +13035550132,standby
        +13035550133,standby
        +17205550134,standby
        +13035550151,pool
        +13035550152,pool
        +13035550153,pool
        +13035550154,pool
        +13035550155,pool
        +13035550156,pool
        """;

    private static readonly AddSitter[] Sitters =
    [
        Add("01920000-0000-7000-8000-000000000111", "Ana Alvarez", "ana@example.com", "+13035550111"),
        Add("01920000-0000-7000-8000-000000000112", "Ben Brooks", "ben@example.com", "+13035550112"),
        Add("01920000-0000-7000-8000-000000000113", "Cara Chen", "cara@example.com", "+13035550113"),
    ];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var list = NumberList.Read(Numbers, NumberLifecycle.Pool, region);
        var db = scope.ServiceProvider.GetRequiredService<NumberDbContext>();
        if (await HoldsOthersAsync(db, list, cancellationToken))
        {
            return;
        }

        var import = scope.ServiceProvider.GetRequiredService<NumberImport>();
        await import.ImportAsync(OrganisationId.Default, list, cancellationToken);
        foreach (var sitter in Sitters)
        {
            await using var own = scopes.CreateAsyncScope();
            await own.ServiceProvider.GetRequiredService<SitterDesk>().AddAsync(sitter, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task<bool> HoldsOthersAsync(
        NumberDbContext db,
        NumberList list,
        CancellationToken cancellationToken)
    {
        var numbers = list.Entries.Select(entry => entry.Number.Reveal()).ToArray();
        var requests = Sitters.Select(sitter => sitter.RequestId).ToArray();
        var others = await db.Database
            .SqlQuery<int>($"""
                SELECT 1 AS "Value" FROM numbers.numbers WHERE number <> ALL ({numbers})
                UNION SELECT 1 FROM numbers.sitters WHERE request_id <> ALL ({requests})
                """)
            .ToListAsync(cancellationToken);
        return others.Count > 0;
    }

    private static AddSitter Add(string requestId, string name, string email, string phone) =>
        new(OrganisationId.Default, new Guid(requestId), name, email, phone);
}
