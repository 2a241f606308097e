using System.Net;
using System.Net.Sockets;

namespace PhoneMasking.AppHost.Local;

/// <summary>Chooses TCP ports on loopback.</summary>
public static class FreePort
{
    // Below the range that systems use for outgoing connections (Linux: 32768 and up). A port in that range could
    // be taken by somebody's outgoing connection while our server restarts, or connect to itself.
    private const int Lowest = 15_000;
    private const int Highest = 32_000;

    /// <summary>Returns a port that nobody listens on now.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(Lowest, Highest);
            if (IsFree(port))
            {
                return port;
            }
        }
    }

    /// <summary>Whether a server could listen on this port now.</summary>
    public static bool IsFree(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            probe.Listen();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
