using System.Diagnostics;
using System.Globalization;

/// <summary>Where the parts listen that people open; a second installation on the same machine needs others.</summary>
internal static class Ports
{
    // As the services: a setting that is wrong is said in a line, and this is the code.
    private const int WrongSettings = 2;

    /// <summary>The gateway's: <c>Run__GatewayPort</c>, 8080 when it is not given.</summary>
    public static int Gateway { get; } = Read("Run__GatewayPort", usual: 8080);

    /// <summary>The console's: <c>Run__ConsolePort</c>, 8081 when it is not given.</summary>
    public static int Console { get; } = Read("Run__ConsolePort", usual: 8081);

    /// <summary>The simulator's: <c>Run__SimulatorPort</c>, 8082 when it is not given.</summary>
    public static int Simulator { get; } = Read("Run__SimulatorPort", usual: 8082);

    private static int Read(string name, int usual)
    {
        var given = Environment.GetEnvironmentVariable(name);
        if (string.IsNullOrEmpty(given))
        {
            return usual;
        }

        if (ushort.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0)
        {
            return port;
        }

        System.Console.Error.WriteLine($"{name} must be a port, 1 to {ushort.MaxValue}.");
        Environment.Exit(WrongSettings);
        throw new UnreachableException();
    }
}
