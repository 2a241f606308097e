using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace PhoneMasking.Simulator.Numbers;

/// <summary>The numbers the account owns. Safe for many callers at once.</summary>
internal sealed class NumberDirectory
{
    private readonly ConcurrentDictionary<string, OwnNumber> _byNumber = new(StringComparer.Ordinal);
    private readonly NumberOptions _options;
    private readonly TimeProvider _clock;

    public NumberDirectory(IOptions<NumberOptions> options, TimeProvider clock)
    {
        _options = options.Value;
        _clock = clock;
        Reset();
    }

    /// <summary>Raised for each number that the account gave back; handlers must be quick and must not throw.</summary>
    public event Action<OwnNumber>? Released;

    /// <summary>How many numbers the account has.</summary>
    public int Count => _byNumber.Count;

    /// <summary>All numbers, the newest first, as Twilio lists them.</summary>
    public IReadOnlyList<OwnNumber> List() =>
        [.. _byNumber.Values.OrderByDescending(number => number.Sid, StringComparer.Ordinal)];

    public bool Owns(string phoneNumber) => _byNumber.ContainsKey(phoneNumber);

    public OwnNumber? Find(string phoneNumber) => _byNumber.GetValueOrDefault(phoneNumber);

    public OwnNumber? FindBySid(string sid) => _byNumber.Values.FirstOrDefault(number => number.Sid == sid);

    /// <summary>Adds a bought number. False when the account owns it already: nobody can buy a number twice.</summary>
    public bool TryAdd(OwnNumber number) => _byNumber.TryAdd(number.PhoneNumber, number);

    /// <summary>Adds the number, or replaces the settings of the one there is.</summary>
    public void Put(OwnNumber number) => _byNumber[number.PhoneNumber] = number;

    /// <summary>Gives a number back. False when the account does not own it (any more).</summary>
    public bool Release(OwnNumber number)
    {
        if (!_byNumber.TryRemove(number.PhoneNumber, out var released))
        {
            return false;
        }

        Released?.Invoke(released);
        return true;
    }

    /// <summary>The URL that texts to the number are posted to, and the one to try when that fails.</summary>
    public (string? Url, string? Fallback) SmsUrls(OwnNumber number) =>
        (OrDefault(number.SmsUrl, _options.DefaultSmsUrl),
            OrDefault(number.SmsFallbackUrl, _options.DefaultSmsFallbackUrl));

    /// <summary>Forgets what was bought since the start.</summary>
    public void Reset()
    {
        _byNumber.Clear();
        foreach (var option in _options.Numbers)
        {
            var number = OwnNumber.Buy(option.Number, _clock.GetUtcNow());
            Put(number with
            {
                FriendlyName = option.FriendlyName ?? number.FriendlyName,
                SmsUrl = option.SmsUrl ?? "",
            });
        }
    }

    private static string? OrDefault(string own, string? otherwise) => own.Length > 0 ? own : otherwise;
}
