using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Numbers;

/// <summary>What a number that is bought or taken over is for.</summary>
public enum StartingLifecycle
{
    /// <summary>Stands for clients on sitters' phones.</summary>
    Pool = 0,

    /// <summary>Waits for the next new sitter.</summary>
    Standby = 1,
}

internal static class StartingLifecycles
{
    public static NumberLifecycle ToLifecycle(this StartingLifecycle starting) =>
        starting == StartingLifecycle.Standby ? NumberLifecycle.StandbyReserved : NumberLifecycle.Pool;
}
