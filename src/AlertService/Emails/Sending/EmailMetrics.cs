using System.Diagnostics.Metrics;
using PhoneMasking.ServiceDefaults.Telemetry;

namespace PhoneMasking.AlertService.Emails.Sending;

/// <summary>Counts e-mails by template and outcome, and measures how long they waited.</summary>
internal sealed class EmailMetrics(ServiceTelemetry telemetry)
{
    private readonly Counter<long> _emails = telemetry.Meter.CreateCounter<long>(
        "phonemasking.emails", unit: "{email}", description: "E-mails to the owner, by outcome: sent, retry, failed, unknown");

    private readonly Histogram<double> _waits = telemetry.Meter.CreateHistogram<double>(
        "phonemasking.email.wait", unit: "s", description: "From the writing of an e-mail to its end");

    public void Count(string template, string outcome) =>
        _emails.Add(1, new KeyValuePair<string, object?>("template", template), new KeyValuePair<string, object?>("outcome", outcome));

    public void Waited(string template, TimeSpan wait) =>
        _waits.Record(wait.TotalSeconds, new KeyValuePair<string, object?>("template", template));
}
