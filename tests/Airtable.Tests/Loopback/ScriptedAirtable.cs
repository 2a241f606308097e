using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PhoneMasking.TestServers;

namespace PhoneMasking.Airtable.Tests.Loopback;

/// <summary>Answers as it is told, each request with the next answer, the last one again and again.</summary>
internal sealed class ScriptedAirtable : IAsyncDisposable
{
    public const string NoTables = """{"tables": []}""";
    public const string TooManyRequests = """{"errors": [{"error": "RATE_LIMIT_REACHED", "message": "Slow down"}]}""";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(int Status, string Body)> _answers;

    private ScriptedAirtable(WebApplication app, (int Status, string Body)[] answers)
    {
        _app = app;
        _answers = new(answers);
    }

    public string Address => _app.Urls.Single();

    public ConcurrentQueue<(string Method, string Path, string? Authorization)> Requests { get; } = new();

    /// <summary>Keeps requests without an answer until it is set.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public static async Task<ScriptedAirtable> StartAsync(params (int Status, string Body)[] answers)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = new ScriptedAirtable(builder.Build(), answers);
        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>Waits until so many requests have come.</summary>
    public Task ReceivedAsync(int count) => Eventually.TrueAsync(
        () => Task.FromResult(Requests.Count >= count), $"{count} requests", TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        Requests.Enqueue((http.Request.Method, http.Request.Path, http.Request.Headers.Authorization));
        if (Gate is { } gate)
        {
            await gate.Task.WaitAsync(http.RequestAborted);
        }

        var answer = _answers.Count > 1 && _answers.TryDequeue(out var next) ? next : _answers.First();
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(answer.Body, http.RequestAborted);
    }
}
