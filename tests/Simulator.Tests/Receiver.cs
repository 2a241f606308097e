using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PhoneMasking.Simulator.Tests;

/// <summary>A webhook as it arrived.</summary>
internal sealed record Arrival(
    string Path,
    IReadOnlyList<KeyValuePair<string, string>> Form,
    string? Signature,
    string? IdempotencyToken)
{
    public string this[string name] => Form.Single(pair => pair.Key == name).Value;
}

/// <summary>A real server that gets the webhooks and answers as told.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    private readonly WebApplication _app;
    private readonly Channel<Arrival> _arrivals = Channel.CreateUnbounded<Arrival>();
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> _answers = new();

    private Receiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.MapPost("/{**path}", TakeAsync);
    }

    public string Url => _app.Urls.Single();

    public string SmsUrl => $"{Url}/sms";

    public string StatusUrl => $"{Url}/status";

    public static async Task<Receiver> StartAsync()
    {
        var receiver = new Receiver();
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>Says how a path is answered from now on. Otherwise it is 204.</summary>
    public void Answer(string path, Func<HttpContext, Task> answer) => _answers[path] = answer;

    /// <summary>Answers a path with these statuses, one after the other; the last stays.</summary>
    public void Answer(string path, params int[] statuses)
    {
        var next = 0;
        Answer(path, context =>
        {
            context.Response.StatusCode = statuses[Math.Min(next++, statuses.Length - 1)];
            return Task.CompletedTask;
        });
    }

    /// <summary>The next webhook, in order of arrival.</summary>
    public async Task<Arrival> NextAsync() =>
        await _arrivals.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Deadline);

    /// <summary>The next webhooks.</summary>
    public async Task<IReadOnlyList<Arrival>> NextAsync(int count)
    {
        List<Arrival> arrivals = [];
        while (arrivals.Count < count)
        {
            arrivals.Add(await NextAsync());
        }

        return arrivals;
    }

    /// <summary>How many webhooks are here that no test has looked at.</summary>
    public int Waiting => _arrivals.Reader.Count;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        _arrivals.Writer.TryWrite(new Arrival(
            context.Request.Path,
            [.. form.SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value ?? "")))],
            context.Request.Headers["X-Twilio-Signature"],
            context.Request.Headers["I-Twilio-Idempotency-Token"]));
        if (_answers.TryGetValue(context.Request.Path, out var answer))
        {
            await answer(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
