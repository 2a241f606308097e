using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PhoneMasking.Benchmarks.Machine;

namespace PhoneMasking.Benchmarks.Product;

/// <summary>A provider without latency that notes when each text reached it, by the number at the end of the text.</summary>
internal sealed class FakeProvider : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<int, long> _arrived = new();
    private int _doubled;
    private int _total;

    public FakeProvider()
    {
        _app = BareServer.Build(0);
        _app.MapPost("/2010-04-01/Accounts/{account}/Messages.json", AcceptAsync).DisableAntiforgery();
    }

    public Uri Address => new($"http://{BareServer.AddressOf(_app)}");

    public int Total => Volatile.Read(ref _total);

    public int Doubled => Volatile.Read(ref _doubled);

    /// <summary>Text number → time stamp of its arrival.</summary>
    public IReadOnlyDictionary<int, long> Arrived => _arrived;

    /// <summary>The ids of our own texts, for status callbacks.</summary>
    public ConcurrentQueue<(string Sid, string Callback)> Callbacks { get; } = new();

    public Task StartAsync() => _app.StartAsync();

    public void Clear()
    {
        _arrived.Clear();
        _doubled = 0;
        _total = 0;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> AcceptAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var body = form["Body"].ToString();
        var number = int.Parse(body.AsSpan(body.LastIndexOf('#') + 1), CultureInfo.InvariantCulture);
        if (!_arrived.TryAdd(number, Stopwatch.GetTimestamp()))
        {
            Interlocked.Increment(ref _doubled);
        }

        Interlocked.Increment(ref _total);
        var sid = $"SM{Guid.CreateVersion7():N}";
        Callbacks.Enqueue((sid, form["StatusCallback"].ToString()));
        return Results.Text(
            $$"""{"sid":"{{sid}}","status":"queued","direction":"outbound-api","date_created":"Sat, 21 Nov 2026 12:00:00 +0000"}""",
            "application/json",
            statusCode: StatusCodes.Status201Created);
    }
}
