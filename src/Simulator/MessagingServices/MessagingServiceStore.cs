using Microsoft.Extensions.Options;
using PhoneMasking.Simulator.Numbers;
using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.MessagingServices;

/// <summary>The Messaging Services and their numbers. A number is in one at most. Safe for many callers.</summary>
internal sealed class MessagingServiceStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, MessagingService> _services = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ServiceNumber> _byNumberSid = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ServiceNumber> _byPhoneNumber = new(StringComparer.Ordinal);
    private readonly IOptions<MessagingServiceOptions> _options;

    public MessagingServiceStore(NumberDirectory numbers, IOptions<MessagingServiceOptions> options)
    {
        _options = options;
        MostNumbers = options.Value.MostNumbers;
        numbers.Released += number => Remove(number.Sid);
    }

    /// <summary>How many numbers a service takes.</summary>
    public int MostNumbers { get; set; }

    /// <summary>All services, the newest first.</summary>
    public IReadOnlyList<MessagingService> List()
    {
        lock (_gate)
        {
            return [.. _services.Values.OrderByDescending(service => service.Sid, StringComparer.Ordinal)];
        }
    }

    public MessagingService? Find(string sid)
    {
        lock (_gate)
        {
            return _services.GetValueOrDefault(sid);
        }
    }

    /// <summary>Adds the service, or replaces the one there is.</summary>
    public void Put(MessagingService service)
    {
        lock (_gate)
        {
            _services[service.Sid] = service;
        }
    }

    /// <summary>Deletes a service; its numbers are free then. False when there is none.</summary>
    public bool Delete(string sid)
    {
        lock (_gate)
        {
            foreach (var number in _byNumberSid.Values.Where(number => number.ServiceSid == sid).ToList())
            {
                Remove(number.NumberSid);
            }

            return _services.Remove(sid);
        }
    }

    /// <summary>The numbers of a service, by falling SID.</summary>
    public IReadOnlyList<ServiceNumber> NumbersOf(string serviceSid)
    {
        lock (_gate)
        {
            return [.. _byNumberSid.Values
                .Where(number => number.ServiceSid == serviceSid)
                .OrderByDescending(number => number.NumberSid, StringComparer.Ordinal)];
        }
    }

    /// <summary>The number that a service sends from when none is named: the one of the lowest SID.</summary>
    public string? SenderOf(string serviceSid)
    {
        lock (_gate)
        {
            return _byNumberSid.Values
                .Where(number => number.ServiceSid == serviceSid)
                .MinBy(number => number.NumberSid, StringComparer.Ordinal)?.PhoneNumber;
        }
    }

    /// <summary>The service membership of a number, by its SID; null when it is in none.</summary>
    public ServiceNumber? FindNumber(string numberSid)
    {
        lock (_gate)
        {
            return _byNumberSid.GetValueOrDefault(numberSid);
        }
    }

    /// <summary>The service that a telephone number is in, with its membership; null when it is in none.</summary>
    public (MessagingService Service, ServiceNumber Number)? FindByPhoneNumber(string phoneNumber)
    {
        lock (_gate)
        {
            return _byPhoneNumber.TryGetValue(phoneNumber, out var number)
                ? (_services[number.ServiceSid], number)
                : null;
        }
    }

    /// <summary>Puts a number into a service.</summary>
    /// <returns>Why not, or null when it is in.</returns>
    public TwilioError? Add(ServiceNumber number)
    {
        lock (_gate)
        {
            if (_byNumberSid.TryGetValue(number.NumberSid, out var there))
            {
                return there.ServiceSid == number.ServiceSid
                    ? TwilioError.InThisService
                    : TwilioError.InAnotherService;
            }

            if (_byNumberSid.Values.Count(one => one.ServiceSid == number.ServiceSid) >= MostNumbers)
            {
                return TwilioError.ServiceFull;
            }

            _byNumberSid[number.NumberSid] = number;
            _byPhoneNumber[number.PhoneNumber] = number;
            return null;
        }
    }

    /// <summary>Takes a number out of its service. False when it is in none.</summary>
    public bool Remove(string numberSid)
    {
        lock (_gate)
        {
            return _byNumberSid.Remove(numberSid, out var number) && _byPhoneNumber.Remove(number.PhoneNumber);
        }
    }

    public void Reset()
    {
        lock (_gate)
        {
            _services.Clear();
            _byNumberSid.Clear();
            _byPhoneNumber.Clear();
            MostNumbers = _options.Value.MostNumbers;
        }
    }
}
