using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Persistence;

namespace PhoneMasking.NumberService.Allocation;

/// <summary>Counts the pool.</summary>
internal sealed class PoolCount(NumberDbContext db, IOptions<PoolOptions> options)
{
    /// <summary>One organisation's pool now.</summary>
    public async Task<PoolStatistics> ReadAsync(OrganisationId organisation, CancellationToken cancellationToken)
    {
        var figures = await db.PoolNow.SingleOrDefaultAsync(
            pool => pool.OrganisationId == organisation, cancellationToken);
        return new PoolStatistics(
            figures?.Available ?? 0, figures?.Reserved ?? 0, figures?.Assigned ?? 0, options.Value.WarningThreshold);
    }

    /// <summary>Every organisation's pool now.</summary>
    public Task<List<PoolFigures>> ReadAllAsync(CancellationToken cancellationToken) =>
        db.PoolNow.ToListAsync(cancellationToken);
}
