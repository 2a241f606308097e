using System.Diagnostics;
using System.Net;

namespace PhoneMasking.Benchmarks.Load;

/// <summary>What a load did.</summary>
/// <param name="Accepted">Requests answered 2xx.</param>
/// <param name="Refused">Requests answered otherwise.</param>
/// <param name="PerSecond">Accepted per second.</param>
/// <param name="Answer">The time to the answer; in the open loop from when the request was due.</param>
internal sealed record LoadResult(int Accepted, int Refused, double PerSecond, Latencies Answer);

/// <summary>Two ways to load a server.</summary>
internal static class Drivers
{
    /// <summary>Closed loop: each connection sends its next request as soon as the last is answered. Finds the limit.</summary>
    public static async Task<LoadResult> SaturateAsync(IPEndPoint server, int connections, TimeSpan time, Func<int, byte[]> request)
    {
        var latencies = new Latencies();
        var next = -1;
        var accepted = 0;
        var refused = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            await using var line = new HttpLine(server);
            await line.ConnectAsync(CancellationToken.None);
            while (Stopwatch.GetElapsedTime(started) < time)
            {
                var body = request(Interlocked.Increment(ref next));
                var sent = Stopwatch.GetTimestamp();
                var status = await line.SendAsync(body, CancellationToken.None);
                latencies.Add(Stopwatch.GetElapsedTime(sent));
                Interlocked.Increment(ref status is >= 200 and < 300 ? ref accepted : ref refused);
            }
        })));
        return new LoadResult(accepted, refused, accepted / Stopwatch.GetElapsedTime(started).TotalSeconds, latencies);
    }

    /// <summary>Open loop: requests are due at a fixed rate whatever the server does, as customers write. Finds the latency.</summary>
    public static async Task<LoadResult> PaceAsync(
        IPEndPoint server,
        int connections,
        double perSecond,
        TimeSpan time,
        Func<int, byte[]> request)
    {
        var latencies = new Latencies();
        var next = -1;
        var accepted = 0;
        var refused = 0;
        var count = (int)(perSecond * time.TotalSeconds);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            await using var line = new HttpLine(server);
            await line.ConnectAsync(CancellationToken.None);
            while (true)
            {
                var index = Interlocked.Increment(ref next);
                if (index >= count)
                {
                    return;
                }

                var due = TimeSpan.FromSeconds(index / perSecond);
                var wait = due - Stopwatch.GetElapsedTime(started);
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait);
                }

                var status = await line.SendAsync(request(index), CancellationToken.None);
                latencies.Add(Stopwatch.GetElapsedTime(started) - due);
                Interlocked.Increment(ref status is >= 200 and < 300 ? ref accepted : ref refused);
            }
        })));
        return new LoadResult(accepted, refused, accepted / Stopwatch.GetElapsedTime(started).TotalSeconds, latencies);
    }
}
