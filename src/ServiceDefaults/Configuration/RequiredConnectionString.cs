using Microsoft.Extensions.Configuration;
using Npgsql;

namespace PhoneMasking.ServiceDefaults.Configuration;

/// <summary>Connection strings that a service cannot start without.</summary>
/// <remarks>They hold passwords, so no message repeats one.</remarks>
public static class RequiredConnectionString
{
    /// <summary>Reads a connection string.</summary>
    /// <param name="configuration">The service's configuration.</param>
    /// <param name="name">For example <c>phonemasking</c>.</param>
    /// <exception cref="WrongSettingException">It is missing; the message names the variable to set.</exception>
    public static string RequireConnectionString(this IConfiguration configuration, string name)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var value = configuration.GetConnectionString(name);
        return string.IsNullOrWhiteSpace(value)
            ? throw new WrongSettingException(
                $"The connection string '{name}' is missing: set the environment variable ConnectionStrings__{name}.")
            : value;
    }

    internal static Uri RequireBrokerAddress(this IConfiguration configuration, string name) =>
        Uri.TryCreate(configuration.RequireConnectionString(name), UriKind.Absolute, out var address)
        && address.Scheme is "amqp" or "amqps"
            ? address
            : throw Malformed(name, "amqp://user:password@host:5672/virtual-host");

    internal static NpgsqlConnectionStringBuilder RequireDatabase(this IConfiguration configuration, string name)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(configuration.RequireConnectionString(name));
            return string.IsNullOrEmpty(settings.Host) ? throw MalformedDatabase(name) : settings;
        }
        catch (ArgumentException)
        {
            throw MalformedDatabase(name);
        }
    }

    private static WrongSettingException MalformedDatabase(string name) =>
        Malformed(name, "Host=host;Port=5432;Username=user;Password=password;Database=database");

    private static WrongSettingException Malformed(string name, string expected) =>
        new($"The connection string '{name}' is malformed: set ConnectionStrings__{name} to {expected}.");
}
