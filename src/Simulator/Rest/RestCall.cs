namespace PhoneMasking.Simulator.Rest;

/// <summary>One entry of the call log. Served by the control API only; never written to a log.</summary>
/// <param name="Sequence">Place in the order of arrival, from 1.</param>
/// <param name="At">When the call came in.</param>
/// <param name="Operation">What it was to do.</param>
/// <param name="To">The form's or the query's To.</param>
/// <param name="From">The form's or the query's From.</param>
/// <param name="Status">HTTP status of the answer; 0 when the connection was cut or nobody answered.</param>
/// <param name="Code">Twilio's error code in the answer.</param>
/// <param name="Sid">SID of the message that the call created, also when the answer never arrived.</param>
/// <param name="Fault">The fault that struck.</param>
/// <param name="Milliseconds">How long the answer took.</param>
internal sealed record RestCall(
    long Sequence,
    DateTimeOffset At,
    RestOperation Operation,
    string? To,
    string? From,
    int Status,
    int? Code,
    string? Sid,
    string? Fault,
    double Milliseconds);
