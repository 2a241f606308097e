using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace PhoneMasking.ProxyGateway.Directory;

/// <summary>Degraded until the directory has been read once: texts are taken, and wait.</summary>
internal sealed class DirectoryHealthCheck(FirstLoad firstLoad) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await firstLoad.IsDoneAsync(cancellationToken)
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Degraded("Numbers, sitters and clients have not been read yet: texts are stored and wait");
        }
        catch (NpgsqlException)
        {
            // The database has a check of its own.
            return HealthCheckResult.Degraded("Unknown while PostgreSQL does not answer");
        }
    }
}
