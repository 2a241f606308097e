using System.Globalization;

namespace PhoneMasking.Simulator.Webhooks;

/// <summary>Which failures of a webhook are tried again: Twilio's <c>rp</c>.</summary>
[Flags]
internal enum RetryOn
{
    None = 0,
    ClientError = 1,
    ServerError = 2,
    Connect = 4,
    Read = 8,
    All = ClientError | ServerError | Connect | Read,
}

/// <summary>A webhook's URL without its fragment, and the connection settings that the fragment overrides.</summary>
/// <param name="Url">What is requested and signed: the URL as configured, up to the number sign.</param>
/// <param name="ConnectTimeout"><c>ct</c>: 100 ms to 10 s, default 5 s.</param>
/// <param name="ReadTimeout"><c>rt</c>: 100 ms to 15 s, default 15 s.</param>
/// <param name="TotalTimeout"><c>tt</c>, all retries included: 100 ms to 15 s, default 15 s.</param>
/// <param name="Retries"><c>rc</c>: 0 to 5, default 1.</param>
/// <param name="RetryOn"><c>rp</c>, a list of 4xx, 5xx, ct, rt, all; default ct.</param>
/// <remarks>Source: https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides. Values out of range and
/// unknown names are ignored, and the default stands.</remarks>
internal sealed record WebhookTarget(
    string Url,
    TimeSpan ConnectTimeout,
    TimeSpan ReadTimeout,
    TimeSpan TotalTimeout,
    int Retries,
    RetryOn RetryOn)
{
    private const int ShortestTimeout = 100;
    private const int LongestConnect = 10_000;
    private const int LongestTimeout = 15_000;
    private const int MostRetries = 5;

    private static readonly WebhookTarget Default = new(
        "",
        TimeSpan.FromSeconds(5),
        TimeSpan.FromSeconds(15),
        TimeSpan.FromSeconds(15),
        Retries: 1,
        RetryOn.Connect);

    public static WebhookTarget Parse(string url)
    {
        var parts = url.Split('#', 2);
        var target = Default with { Url = parts[0] };
        var pairs = parts.Length < 2 ? [] : parts[1].Split('&', StringSplitOptions.RemoveEmptyEntries);
        return pairs.Aggregate(target, Override);
    }

    private static WebhookTarget Override(WebhookTarget target, string pair)
    {
        var (name, value) = pair.Split('=', 2) is [var key, var text] ? (key, text) : (pair, "");
        return name switch
        {
            "ct" => target with { ConnectTimeout = Time(value, LongestConnect) ?? target.ConnectTimeout },
            "rt" => target with { ReadTimeout = Time(value, LongestTimeout) ?? target.ReadTimeout },
            "tt" => target with { TotalTimeout = Time(value, LongestTimeout) ?? target.TotalTimeout },
            "rc" => target with { Retries = Number(value, 0, MostRetries) ?? target.Retries },
            "rp" => target with { RetryOn = Policy(value) ?? target.RetryOn },
            _ => target,
        };
    }

    private static RetryOn? Policy(string value)
    {
        var policy = RetryOn.None;
        foreach (var name in value.Split(','))
        {
            policy |= name switch
            {
                "4xx" => RetryOn.ClientError,
                "5xx" => RetryOn.ServerError,
                "ct" => RetryOn.Connect,
                "rt" => RetryOn.Read,
                "all" => RetryOn.All,
                _ => RetryOn.None,
            };
        }

        return policy == RetryOn.None ? null : policy;
    }

    private static TimeSpan? Time(string value, int longest) =>
        Number(value, ShortestTimeout, longest) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;

    private static int? Number(string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= least
        && number <= most
            ? number
            : null;
}
