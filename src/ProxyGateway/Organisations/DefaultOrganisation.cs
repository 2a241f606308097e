using Npgsql;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Organisations;

/// <summary>Creates the organisation that every installation has, at the first start.</summary>
internal sealed class DefaultOrganisation(NpgsqlDataSource database, TimeProvider clock) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "INSERT INTO gateway.organisations (id, name, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");
        command.Parameters.AddWithValue(OrganisationId.Default.Value);
        command.Parameters.AddWithValue("Default");
        command.Parameters.AddWithValue(clock.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
