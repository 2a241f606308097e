using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace PhoneMasking.OpsConsole.SignIn;

/// <summary>
/// Bounds how often a password can be guessed: per address (per /64 network for IPv6, which one person owns whole), and in
/// total, so that many addresses do not help. An attempt counts before it is judged: parallel guesses count, too.
/// </summary>
internal sealed class AttemptLimit(IOptions<SignInOptions> options, TimeProvider clock)
{
    private const int TotalPerAddress = 10;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _attempts = [];
    private DateTimeOffset _windowEnds;
    private int _total;
    private bool _refused;

    /// <summary>Counts an attempt, or refuses it.</summary>
    /// <param name="address">Where it comes from.</param>
    public bool TryTake(IPAddress? address)
    {
        var network = NetworkOf(address);
        lock (_gate)
        {
            if (clock.GetUtcNow() is var now && now >= _windowEnds)
            {
                _windowEnds = now + Window;
                _attempts.Clear();
                _total = 0;
                _refused = false;
            }

            var soFar = _attempts.GetValueOrDefault(network);
            if (soFar >= options.Value.MaxAttempts || _total >= options.Value.MaxAttempts * TotalPerAddress)
            {
                return false;
            }

            _attempts[network] = soFar + 1;
            _total++;
            return true;
        }
    }

    /// <summary>Whether nobody was refused before within these five minutes. Asked again, it says no.</summary>
    public bool IsFirstRefusal()
    {
        lock (_gate)
        {
            return !_refused && (_refused = true);
        }
    }

    /// <summary>Takes back the attempts of an address whose password was right.</summary>
    /// <param name="address">Where it came from.</param>
    public void Forgive(IPAddress? address)
    {
        lock (_gate)
        {
            if (_attempts.Remove(NetworkOf(address), out var taken))
            {
                _total -= taken;
            }
        }
    }

    private static IPAddress NetworkOf(IPAddress? address)
    {
        if (address is null)
        {
            return IPAddress.None;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
