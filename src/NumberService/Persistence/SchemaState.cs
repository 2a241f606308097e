using Microsoft.EntityFrameworkCore;

namespace PhoneMasking.NumberService.Persistence;

/// <summary>Whether the schema is as this version knows it, for commands that must not bring it up to date.</summary>
internal sealed class SchemaState(IServiceScopeFactory scopes)
{
    public async Task<bool> IsCurrentAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<NumberDbContext>().Database;
        return !(await database.GetPendingMigrationsAsync(cancellationToken)).Any();
    }
}
