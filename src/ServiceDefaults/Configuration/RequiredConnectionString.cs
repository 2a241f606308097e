using Microsoft.Extensions.Configuration;

namespace PhoneMasking.ServiceDefaults.Configuration;

/// <summary>Connection strings that a service cannot start without.</summary>
public static class RequiredConnectionString
{
    /// <summary>Reads a connection string.</summary>
    /// <param name="configuration">The service's configuration.</param>
    /// <param name="name">For example <c>phonemasking</c>.</param>
    /// <exception cref="InvalidOperationException">It is missing; the message names the variable to set.</exception>
    public static string RequireConnectionString(this IConfiguration configuration, string name)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var value = configuration.GetConnectionString(name);
        return string.IsNullOrWhiteSpace(value)
            ? throw new InvalidOperationException(
                $"The connection string '{name}' is missing: set the environment variable ConnectionStrings__{name}.")
            : value;
    }
}
