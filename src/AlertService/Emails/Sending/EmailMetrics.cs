using System.Diagnostics.Metrics;
using PhoneMasking.ServiceDefaults.Telemetry;

namespace PhoneMasking.AlertService.Emails.Sending;

/// <summary>Counts e-mails by template and outcome, and measures how long they waited and wait.</summary>
internal sealed class EmailMetrics
{
    public const string OldestAge = "phonemasking.email.queue.age";

    private readonly Counter<long> _emails;
    private readonly Histogram<double> _waits;
    private long _oldestTicks;

    public EmailMetrics(ServiceTelemetry telemetry)
    {
        _emails = telemetry.Meter.CreateCounter<long>(
            "phonemasking.emails",
            unit: "{email}",
            description: "E-mails to the owner, by outcome: sent, retry, failed, unknown");
        _waits = telemetry.Meter.CreateHistogram<double>(
            "phonemasking.email.wait", unit: "s", description: "From the writing of an e-mail to its end");
        telemetry.Meter.CreateObservableGauge(
            OldestAge,
            () => TimeSpan.FromTicks(Interlocked.Read(ref _oldestTicks)).TotalSeconds,
            unit: "s",
            description: "Age of the oldest e-mail that waits to be sent");
    }

    public void Count(string template, string outcome) =>
        _emails.Add(1, new KeyValuePair<string, object?>("template", template), new KeyValuePair<string, object?>("outcome", outcome));

    public void Waited(string template, TimeSpan wait) =>
        _waits.Record(wait.TotalSeconds, new KeyValuePair<string, object?>("template", template));

    /// <summary>Shows how old the oldest waiting e-mail is; zero when none waits.</summary>
    public void ShowOldest(TimeSpan age) => Interlocked.Exchange(ref _oldestTicks, age.Ticks);
}
