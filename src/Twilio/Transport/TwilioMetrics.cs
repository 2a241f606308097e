using System.Diagnostics.Metrics;

namespace PhoneMasking.Twilio.Transport;

/// <summary>What is counted of the calls to Twilio. The meter is named as the assembly.</summary>
internal sealed class TwilioMetrics : IDisposable
{
    public const string MeterName = "PhoneMasking.Twilio";
    public const string RateLimited = "twilio.api.rate_limited";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _rateLimited;

    public TwilioMetrics() => _rateLimited = _meter.CreateCounter<long>(
        RateLimited,
        "{request}",
        "Requests that Twilio answered with 429");

    public void Dispose() => _meter.Dispose();

    /// <summary>Counts a 429.</summary>
    /// <param name="operation">What was tried; of a closed set, without personal data.</param>
    public void CountRateLimited(string operation) =>
        _rateLimited.Add(1, new KeyValuePair<string, object?>("operation", operation));
}
