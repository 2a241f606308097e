using System.Diagnostics;
using System.Globalization;
using System.Net;
using PhoneMasking.AppHost.Local;
using PhoneMasking.Benchmarks.Load;
using PhoneMasking.Benchmarks.Machine;
using PhoneMasking.Benchmarks.Product;

namespace PhoneMasking.Benchmarks;

/// <summary>
/// Measures the machine's limits and the product's aims in one run, on one machine, and prints a table: ratios count, not
/// the figures. See docs/performance.md.
/// </summary>
internal sealed class Run(double scale, IReadOnlySet<string> chosen)
{
    private const int Connections = 32;
    private static readonly string[] Statuses = ["sent", "delivered"];
    private static readonly TimeSpan StatusWarmUp = TimeSpan.FromSeconds(6);
    private readonly List<(string What, string Figure)> _table = [];
    private int _next;

    public async Task ExecuteAsync()
    {
        await using var product = new RunningProduct();
        await product.StartServersAsync();
        var traffic = new Traffic(product.GatewayHost);
        if (Chosen("bare"))
        {
            var commits = await BareDatabase.CommitsPerSecondAsync(product.Database, Connections, Seconds(5));
            Note("PostgreSQL, inbound + outbox in one statement, 32 connections", $"{commits:N0}/s");
        }

        await using var provider = new FakeProvider();
        await provider.StartAsync();
        await product.StartServicesAsync(provider.Address);
        await Product.Directory.SeedAsync(product.Database);

        Console.WriteLine("Warming up");
        await ChainAsync(product, provider, traffic, "warm-up", 200, TimeSpan.FromSeconds(10), note: false);
        await ChainAsync(product, provider, traffic, "warm-up", 1200, TimeSpan.FromSeconds(35), note: false);
        if (Chosen("slow"))
        {
            await ChainAsync(product, provider, traffic, "200 texts/s", 200, Seconds(20));
        }

        if (Chosen("fast"))
        {
            await ChainAsync(product, provider, traffic, "1,500 texts/s", 1500, Seconds(60));
            foreach (var (service, megabytes) in product.MemoryMegabytes())
            {
                Note($"memory of {service} after that", $"{megabytes:N0} MB");
            }
        }

        if (Chosen("status"))
        {
            await StatusAsync(product, provider, traffic, await BareAsync(traffic));
        }

        if (Chosen("accept"))
        {
            await AcceptAsync(product, provider, traffic, await BareAsync(traffic));
        }

        Console.WriteLine();
        Console.WriteLine("| What | Figure |");
        Console.WriteLine("| --- | --- |");
        _table.ForEach(row => Console.WriteLine($"| {row.What} | {row.Figure} |"));
    }

    // Right before what is compared with it: the machine is faster and slower from one minute to the next.
    private async Task<double> BareAsync(Traffic traffic)
    {
        if (!Chosen("bare"))
        {
            return double.NaN;
        }

        var port = FreePort.Next();
        await using var server = ChildProcess.Start(new ProcessPlan(
            "dotnet", typeof(Run).Assembly.Location, "bare-server", port.ToString(CultureInfo.InvariantCulture)));
        var address = new IPEndPoint(IPAddress.Loopback, port);
        await UntilListeningAsync(address);
        var requests = Enumerable.Range(0, 1000).Select(traffic.Bare).ToArray();
        await Drivers.SaturateAsync(address, Connections, Seconds(2), index => requests[index % requests.Length]);
        var result = await Drivers.SaturateAsync(address, Connections, Seconds(5), index => requests[index % requests.Length]);
        Note("bare ASP.NET Core form posts, 32 connections", $"{result.PerSecond:N0}/s, p99 {result.Answer.Percentile(0.99):N1} ms");
        return result.PerSecond;
    }

    private async Task ChainAsync(
        RunningProduct product,
        FakeProvider provider,
        Traffic traffic,
        string name,
        double perSecond,
        TimeSpan time,
        bool note = true)
    {
        provider.Clear();
        var count = (int)(perSecond * time.TotalSeconds);
        var first = _next;
        _next += count;
        var requests = Enumerable.Range(first, count).Select(traffic.Text).ToArray();
        var before = product.ProcessorTimes();
        var started = Stopwatch.GetTimestamp();
        var load = await Drivers.PaceAsync(product.Gateway, Connections, perSecond, time, index => requests[index]);
        var ended = Stopwatch.GetTimestamp();
        await UntilAsync(() => provider.Total >= load.Accepted, TimeSpan.FromSeconds(60));

        var endToEnd = new Latencies();
        foreach (var (number, arrived) in provider.Arrived)
        {
            endToEnd.Add(Stopwatch.GetElapsedTime(started, arrived) - TimeSpan.FromSeconds((number - first) / perSecond));
        }

        var last = provider.Arrived.Count == 0 ? ended : provider.Arrived.Values.Max();
        var summary = string.Create(
            CultureInfo.InvariantCulture,
            $"{load.PerSecond:N0}/s accepted; answer p50 {load.Answer.Percentile(0.5):N1}, p99 {load.Answer.Percentile(0.99):N1} ms; end to end p50 {endToEnd.Percentile(0.5):N1}, p99 {endToEnd.Percentile(0.99):N1} ms; backlog {Math.Max(0, Stopwatch.GetElapsedTime(ended, last).TotalSeconds):N2} s; {load.Refused} refused, {load.Accepted - provider.Arrived.Count} lost, {provider.Doubled} doubled");
        Note($"whole chain at {name} for {time.TotalSeconds:N0} s", summary, note);
        Note($"processor time per text at {name}, ms", Costs(product, before, load.Accepted), note);
    }

    private async Task StatusAsync(RunningProduct product, FakeProvider provider, Traffic traffic, double bare)
    {
        var requests = provider.Callbacks
            .SelectMany(sent => Statuses.Select(status => traffic.Status(sent.Sid, sent.Callback, status)))
            .ToArray();
        var first = await Drivers.SaturateAsync(product.Gateway, Connections, StatusWarmUp, index => requests[index]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"warm-up: {first.PerSecond:N0} status callbacks/s"));
        var used = first.Accepted + first.Refused;
        var before = product.ProcessorTimes();
        var result = await Drivers.SaturateAsync(
            product.Gateway, Connections, Seconds(8), index => requests[(used + index) % requests.Length]);
        Note(
            "status callbacks, 32 connections",
            $"{result.PerSecond:N0}/s = {result.PerSecond / bare:N2} of bare, p99 {result.Answer.Percentile(0.99):N1} ms, {result.Refused} refused");
        Note("processor time per status callback, ms", Costs(product, before, result.Accepted));
    }

    // With the broker away nothing runs behind the webhook, so this is the webhook alone; what it stored is sent afterwards.
    private async Task AcceptAsync(RunningProduct product, FakeProvider provider, Traffic traffic, double bare)
    {
        provider.Clear();
        await product.RabbitMq.StopAsync();
        var requests = Enumerable.Range(_next, (int)(40_000 * Math.Max(Seconds(5).TotalSeconds, 1))).Select(traffic.Text).ToArray();
        var result = await Drivers.SaturateAsync(product.Gateway, Connections, Seconds(5), index => requests[index % requests.Length]);
        Note(
            "webhook accepted and durable, broker away, 32 connections",
            $"{result.PerSecond:N0}/s = {result.PerSecond / bare:N2} of bare, p99 {result.Answer.Percentile(0.99):N1} ms, {result.Refused} refused");
        await product.RabbitMq.StartAsync();
        var distinct = Math.Min(result.Accepted, requests.Length);
        var started = Stopwatch.GetTimestamp();
        await UntilAsync(() => provider.Arrived.Count >= distinct, TimeSpan.FromMinutes(3));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Note(
            "that backlog sent after the broker's return",
            $"{distinct:N0} texts in {seconds:N1} s = {distinct / seconds:N0}/s, {distinct - provider.Arrived.Count} lost, {provider.Doubled} doubled");
    }

    private static string Costs(RunningProduct product, IReadOnlyDictionary<string, TimeSpan> before, int requests) =>
        string.Join(", ", product.ProcessorTimes().Select(time => string.Create(
            CultureInfo.InvariantCulture,
            $"{time.Key} {(time.Value - before[time.Key]).TotalMilliseconds / Math.Max(requests, 1):N2}")));

    private bool Chosen(string phase) => chosen.Count == 0 || chosen.Contains(phase);

    private TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds * scale);

    private void Note(string what, FormattableString figure) => Note(what, figure.ToString(CultureInfo.InvariantCulture));

    private void Note(string what, string figure, bool inTable = true)
    {
        Console.WriteLine($"{what}: {figure}");
        if (inTable)
        {
            _table.Add((what, figure));
        }
    }

    private static async Task UntilListeningAsync(IPEndPoint address)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://{address}") };
        for (var attempt = 0; attempt < 600; attempt++)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri("/health", UriKind.Relative));
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
        }
    }

    private static async Task UntilAsync(Func<bool> condition, TimeSpan longest)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition() && Stopwatch.GetElapsedTime(started) < longest)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }
}
