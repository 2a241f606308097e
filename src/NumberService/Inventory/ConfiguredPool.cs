using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Allocation;

namespace PhoneMasking.NumberService.Inventory;

/// <summary>Imports the numbers of <c>TWILIO_POOL_NUMBERS</c> into the default organisation's pool at each start.</summary>
internal sealed partial class ConfiguredPool(
    IServiceScopeFactory scopes,
    IOptions<PoolNumbersOptions> options,
    NumberingRegion region,
    ILogger<ConfiguredPool> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(options.Value.List))
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var import = scope.ServiceProvider.GetRequiredService<NumberImport>();
        var list = NumberList.Read(options.Value.List, NumberLifecycle.Pool, region);
        var imported = await import.ImportAsync(OrganisationId.Default, list, cancellationToken);
        LogImported(imported.Imported, imported.Skipped, imported.Errors.Count);
        var pool = await scope.ServiceProvider.GetRequiredService<PoolCount>()
            .ReadAsync(OrganisationId.Default, cancellationToken);
        LogPool(pool.Available, pool.Reserved, pool.Assigned);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Information,
        Message = "TWILIO_POOL_NUMBERS: {Imported} new, {Skipped} there already, {Refused} refused")]
    private partial void LogImported(int imported, int skipped, int refused);

    [LoggerMessage(
        EventId = 2,
        Level = LogLevel.Information,
        Message = "Pool: {Available} AVAILABLE, {Reserved} RESERVED, {Assigned} ASSIGNED")]
    private partial void LogPool(int available, int reserved, int assigned);
}
