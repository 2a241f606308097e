namespace PhoneMasking.Simulator.Control;

/// <summary>Whether the simulator runs. It needs nothing else, so both questions have one answer.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", Healthy);
        routes.MapGet("/alive", Healthy);
    }

    private static HealthView Healthy() => new("Healthy");
}

/// <summary>The answer of a health check.</summary>
internal sealed record HealthView(string Status);
