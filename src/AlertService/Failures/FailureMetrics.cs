using System.Diagnostics.Metrics;
using System.Globalization;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Telemetry;

namespace PhoneMasking.AlertService.Failures;

/// <summary>
/// Counts failures by class and Twilio's code, retries by result, alerts by kind. No carrier: Twilio's callbacks name none.
/// </summary>
internal sealed class FailureMetrics
{
    public const string Failures = "phonemasking.failures";
    public const string Retries = "phonemasking.retries";
    public const string Alerts = "phonemasking.alerts";

    private readonly Counter<long> _failures;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _alerts;
    private volatile WaitingRetries _waiting = new(0, TimeSpan.Zero);

    public FailureMetrics(ServiceTelemetry telemetry)
    {
        _failures = telemetry.Meter.CreateCounter<long>(
            Failures, unit: "{text}", description: "Texts that failed, by class, Twilio's code and direction");
        _retries = telemetry.Meter.CreateCounter<long>(
            Retries,
            unit: "{text}",
            description: "Retries, by result: planned, ordered, sent, delivered, failed, dropped");
        _alerts = telemetry.Meter.CreateCounter<long>(
            Alerts,
            unit: "{alert}",
            description: "Alerts, by kind: sitter, sitter-sent, sitter-dropped, limited, and the e-mails' templates");
        telemetry.Meter.CreateObservableGauge(
            "phonemasking.retries.waiting", () => _waiting.Count, unit: "{text}", description: "Retries that wait for their time");
        telemetry.Meter.CreateObservableGauge(
            "phonemasking.retries.overdue",
            () => _waiting.Overdue.TotalSeconds,
            unit: "s",
            description: "For how long the oldest waiting retry has been due");
    }

    public void CountFailure(int? code, FailureClass failureClass, MessageDirection direction) => _failures.Add(
        1,
        new KeyValuePair<string, object?>("class", failureClass.ToString()),
        new KeyValuePair<string, object?>("code", code?.ToString(CultureInfo.InvariantCulture) ?? "none"),
        new KeyValuePair<string, object?>("direction", direction.ToString()));

    /// <summary>Counts retries that came to a result; none is fine.</summary>
    public void CountRetries(string result, int count)
    {
        if (count > 0)
        {
            _retries.Add(count, new KeyValuePair<string, object?>("result", result));
        }
    }

    public void CountAlert(string kind) => _alerts.Add(1, new KeyValuePair<string, object?>("kind", kind));

    public void Show(WaitingRetries waiting) => _waiting = waiting;
}

/// <summary>The retries that wait.</summary>
/// <param name="Count">How many.</param>
/// <param name="Overdue">For how long the oldest has been due; zero when none is.</param>
internal sealed record WaitingRetries(int Count, TimeSpan Overdue);
