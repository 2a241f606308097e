using Microsoft.Extensions.Options;
using PhoneMasking.Simulator.Numbers;
using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.Proxy;

/// <summary>A Proxy Service, with Twilio's defaults.</summary>
internal sealed record ProxyService(string Sid, string UniqueName, DateTimeOffset Created)
{
    public int DefaultTtl { get; init; }

    public string? CallbackUrl { get; init; }

    public string? InterceptCallbackUrl { get; init; }

    public string? OutOfSessionCallbackUrl { get; init; }

    public string GeoMatchLevel { get; init; } = "country";

    public string NumberSelectionBehavior { get; init; } = "prefer-sticky";
}

/// <summary>A number in a Proxy Service.</summary>
/// <param name="Number">The account's number.</param>
/// <param name="ServiceSid">The service it is in.</param>
/// <param name="Added">Since when.</param>
/// <param name="IsReserved">Whether Proxy must not pick it by itself.</param>
/// <param name="InUse">Open sessions with it; set by the control API, as there are no sessions here.</param>
internal sealed record ProxyNumber(
    OwnNumber Number,
    string ServiceSid,
    DateTimeOffset Added,
    bool IsReserved,
    int InUse);

/// <summary>The Proxy Services and their numbers. A number is in one at most. Safe for many callers.</summary>
internal sealed class ProxyServiceStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ProxyService> _services = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProxyNumber> _numbers = new(StringComparer.Ordinal);
    private readonly IOptions<ProxyOptions> _options;

    public ProxyServiceStore(NumberDirectory numbers, IOptions<ProxyOptions> options)
    {
        _options = options;
        IsAvailable = options.Value.IsAvailable;
        numbers.Released += number => Forget(number.Sid);
    }

    /// <summary>Whether services can be created.</summary>
    public bool IsAvailable { get; set; }

    /// <summary>All services, the newest first.</summary>
    public IReadOnlyList<ProxyService> List()
    {
        lock (_gate)
        {
            return [.. _services.Values.OrderByDescending(service => service.Sid, StringComparer.Ordinal)];
        }
    }

    public ProxyService? Find(string sid)
    {
        lock (_gate)
        {
            return _services.GetValueOrDefault(sid);
        }
    }

    /// <summary>Adds a service. False when there is one of this name.</summary>
    public bool TryAdd(ProxyService service)
    {
        lock (_gate)
        {
            return _services.Values.All(other => other.UniqueName != service.UniqueName)
                && _services.TryAdd(service.Sid, service);
        }
    }

    /// <summary>Deletes a service; its numbers are free then. False when there is none.</summary>
    public bool Delete(string sid)
    {
        lock (_gate)
        {
            foreach (var number in _numbers.Values.Where(number => number.ServiceSid == sid).ToList())
            {
                _numbers.Remove(number.Number.Sid);
            }

            return _services.Remove(sid);
        }
    }

    /// <summary>The numbers of a service, by falling SID.</summary>
    public IReadOnlyList<ProxyNumber> NumbersOf(string serviceSid)
    {
        lock (_gate)
        {
            return [.. _numbers.Values
                .Where(number => number.ServiceSid == serviceSid)
                .OrderByDescending(number => number.Number.Sid, StringComparer.Ordinal)];
        }
    }

    /// <summary>A number by its SID; null when it is in no service.</summary>
    public ProxyNumber? FindNumber(string numberSid)
    {
        lock (_gate)
        {
            return _numbers.GetValueOrDefault(numberSid);
        }
    }

    /// <summary>Puts a number into a service.</summary>
    /// <returns>Why not, or null when it is in.</returns>
    public TwilioError? Add(ProxyNumber number)
    {
        lock (_gate)
        {
            if (_numbers.TryGetValue(number.Number.Sid, out var there))
            {
                return there.ServiceSid == number.ServiceSid
                    ? TwilioError.DuplicateEntry
                    : TwilioError.InAnotherProxyService;
            }

            var most = number.IsReserved ? _options.Value.MostReserved : _options.Value.MostUnreserved;
            if (_numbers.Values.Count(one => Equals(
                (one.ServiceSid, one.IsReserved),
                (number.ServiceSid, number.IsReserved))) >= most)
            {
                return TwilioError.ProxyFull;
            }

            _numbers[number.Number.Sid] = number;
            return null;
        }
    }

    /// <summary>Changes a number that is in a service; null when it is in none.</summary>
    public ProxyNumber? Change(string numberSid, Func<ProxyNumber, ProxyNumber> change)
    {
        lock (_gate)
        {
            return _numbers.TryGetValue(numberSid, out var number) ? _numbers[numberSid] = change(number) : null;
        }
    }

    /// <summary>Takes a number out of its service, whoever uses it. False when it is in none.</summary>
    public bool Forget(string numberSid)
    {
        lock (_gate)
        {
            return _numbers.Remove(numberSid);
        }
    }

    public void Reset()
    {
        lock (_gate)
        {
            _services.Clear();
            _numbers.Clear();
            IsAvailable = _options.Value.IsAvailable;
        }
    }
}
