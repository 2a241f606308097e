using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.SyncService.Clients;
using PhoneMasking.SyncService.Persistence;

namespace PhoneMasking.SyncService.SampleData;

/// <summary>
/// Three clients, added at start to a schema that holds nothing else. A crash half-way is made good by the next start.
/// </summary>
internal sealed class Samples(IServiceScopeFactory scopes) : IHostedService
{
    private static readonly AddClient[] Clients =
    [
        Add("01920000-0000-7000-8000-000000000171", "Maria Lopez", "maria@example.com", "+13035550171"),
        Add("01920000-0000-7000-8000-000000000172", "Tom Baker", "tom@example.com", "+13035550172"),
        Add("01920000-0000-7000-8000-000000000173", "Jane Doe", "jane@example.com", "+17205550173"),
    ];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var requests = Clients.Select(client => client.RequestId).ToArray();
        var others = await scope.ServiceProvider.GetRequiredService<SyncDbContext>().Database
            .SqlQuery<int>($"""
                SELECT 1 AS "Value" FROM sync.clients WHERE request_id IS NULL OR request_id <> ALL ({requests}) LIMIT 1
                """)
            .ToListAsync(cancellationToken);
        if (others.Count > 0)
        {
            return;
        }

        foreach (var client in Clients)
        {
            await using var own = scopes.CreateAsyncScope();
            await own.ServiceProvider.GetRequiredService<ClientDesk>().AddAsync(client, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static AddClient Add(string requestId, string name, string email, string phone) =>
        new(OrganisationId.Default, new Guid(requestId), name, email, [phone]);
}
