using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PhoneMasking.ServiceDefaults.Health;

/// <summary>
/// <c>/alive</c>: the process answers. <c>/health</c>: each dependency's state; 200 while texts are still taken (healthy,
/// or degraded with the broker away), 503 when they are not (the database away).
/// </summary>
internal static class HealthRegistration
{
    public static void AddHealth(this WebApplicationBuilder builder) => builder.Services.AddHealthChecks();

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync })
            .AllowAnonymous();
        app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var dependencies = report.Entries.ToDictionary(
            entry => entry.Key,
            entry => new { status = Word(entry.Value.Status), detail = entry.Value.Description });

        return context.Response.WriteAsJsonAsync(
            new { status = Word(report.Status), dependencies },
            JsonSerializerOptions.Web,
            context.RequestAborted);
    }

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}
