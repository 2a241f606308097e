namespace PhoneMasking.Simulator.Control;

/// <summary>What is counted.</summary>
internal enum Counted
{
    /// <summary>Calls of the REST API, whatever the answer.</summary>
    RestCalls,

    /// <summary>Messages accepted through the REST API.</summary>
    Accepted,

    /// <summary>Messages refused with one of Twilio's errors.</summary>
    Refused,

    /// <summary>Faults that struck.</summary>
    Faults,

    /// <summary>Messages that reached a handset.</summary>
    Delivered,

    /// <summary>Texts sent by handsets.</summary>
    Texts,

    /// <summary>HTTP requests for webhooks and callbacks, repeats included.</summary>
    WebhookAttempts,

    /// <summary>Inbound webhooks answered 2xx in the end.</summary>
    WebhooksAnswered,

    /// <summary>Inbound webhooks given up.</summary>
    WebhooksFailed,

    /// <summary>Status callbacks answered 2xx in the end.</summary>
    CallbacksAnswered,

    /// <summary>Status callbacks given up.</summary>
    CallbacksFailed,

    /// <summary>Mails taken, repeats of a key included.</summary>
    Mails,
}

/// <summary>Counts since the start or the last reset. Cheap enough for every message.</summary>
internal sealed class Counters
{
    private readonly long[] _values = new long[Enum.GetValues<Counted>().Length];

    public void Count(Counted what) => Interlocked.Increment(ref _values[(int)what]);

    /// <summary>All counts by name, in camelCase.</summary>
    public Dictionary<string, long> Read() => Enum.GetValues<Counted>()
        .ToDictionary(what => $"{char.ToLowerInvariant($"{what}"[0])}{$"{what}"[1..]}", what => _values[(int)what]);

    public void Reset() => Array.Clear(_values);
}
