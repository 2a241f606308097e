using System.Diagnostics.Metrics;
using System.Globalization;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Telemetry;

namespace PhoneMasking.NumberService.Provisioning;

/// <summary>What is counted of the numbers on their way. Labels are closed sets and Twilio's codes, never numbers.</summary>
internal sealed class ProvisioningMetrics
{
    private readonly Counter<long> _purchases;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _rateLimited;
    private volatile IReadOnlyDictionary<NumberStage, int> _stages = new Dictionary<NumberStage, int>();

    public ProvisioningMetrics(ServiceTelemetry telemetry)
    {
        _purchases = telemetry.Meter.CreateCounter<long>(
            "phonemasking.numbers.purchases", description: "Numbers bought; settled: found at Twilio after an unknown outcome");
        _refusals = telemetry.Meter.CreateCounter<long>(
            "phonemasking.numbers.refusals", description: "Refusals by Twilio, by step and code");
        _rateLimited = telemetry.Meter.CreateCounter<long>(
            "phonemasking.numbers.rate_limited", description: "Steps that Twilio put off with 429");
        telemetry.Meter.CreateObservableGauge(
            "phonemasking.numbers.count",
            () => _stages.Select(stage => new Measurement<int>(
                stage.Value, new KeyValuePair<string, object?>("stage", stage.Key.ToString()))),
            description: "Numbers and orders by stage");
    }

    public void CountPurchase(bool settled) =>
        _purchases.Add(1, new KeyValuePair<string, object?>("outcome", settled ? "settled" : "answered"));

    public void CountRefused(string step, int? code) => _refusals.Add(
        1,
        new KeyValuePair<string, object?>("step", step),
        new KeyValuePair<string, object?>("code", code?.ToString(CultureInfo.InvariantCulture) ?? "none"));

    public void CountRateLimited(string step) =>
        _rateLimited.Add(1, new KeyValuePair<string, object?>("step", step));

    public void ShowStages(IReadOnlyDictionary<NumberStage, int> stages) => _stages = stages;
}
