using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PhoneMasking.AppHost.Local;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Privacy;

/// <summary>
/// Takes in what services export over OTLP and searches it as bytes: protobuf writes texts as they are.
/// </summary>
internal sealed class TelemetryCollector : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentDictionary<string, long> _bytes = new();
    private readonly ConcurrentQueue<string> _leaks = new();
    private readonly ConcurrentQueue<string> _traces = new();

    private TelemetryCollector(WebApplication server) => _server = server;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort.Next()}");

    /// <summary>Bytes by signal: traces, metrics, logs.</summary>
    public IReadOnlyDictionary<string, long> Bytes => _bytes;

    /// <summary>What was exported that must not be.</summary>
    public IReadOnlyCollection<string> Leaks => _leaks;

    /// <summary>Whether a word, such as a span's name, is in the traces.</summary>
    public bool HasTraced(string word) => _traces.Any(batch => batch.Contains(word, StringComparison.Ordinal));

    public static async Task<TelemetryCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var server = builder.Build();
        var collector = new TelemetryCollector(server);
        server.Urls.Add(collector.Address.ToString());
        server.MapPost("/v1/{signal}", collector.TakeAsync);
        await server.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task TakeAsync(string signal, HttpRequest request)
    {
        using var content = new MemoryStream();
        await request.Body.CopyToAsync(content, request.HttpContext.RequestAborted);

        // One character per byte.
        var text = Encoding.Latin1.GetString(content.GetBuffer(), 0, (int)content.Length);
        _bytes.AddOrUpdate(signal, text.Length, (_, before) => before + text.Length);
        if (signal == "traces")
        {
            _traces.Enqueue(text);
        }

        if (ProductOutput.Leak(text) is { } leak)
        {
            _leaks.Enqueue($"{signal} hold {leak}");
        }
    }
}
