using Npgsql;

namespace PhoneMasking.ServiceDefaults.Persistence;

/// <summary>Tells faults of the database that pass by themselves from those that repeat.</summary>
public static class DatabaseFault
{
    /// <summary>
    /// Whether a later try may succeed: the server is away or restarting, or chose this transaction to end a deadlock.
    /// EF Core wraps such faults, up to three deep, so the whole chain is looked at.
    /// </summary>
    /// <param name="failure">What was thrown.</param>
    public static bool IsTransient(Exception failure)
    {
        for (var current = failure; current is not null; current = current.InnerException)
        {
            if (current is NpgsqlException { IsTransient: true }
                or PostgresException
                {
                    SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
                })
            {
                return true;
            }
        }

        return false;
    }
}
