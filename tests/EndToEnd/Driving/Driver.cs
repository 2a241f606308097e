using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Driving;

/// <summary>
/// Posts webhooks as Twilio does: at its own rate whatever the answers, and again what was not answered 2xx. Remembers
/// each answer.
/// </summary>
internal sealed class Driver : IDisposable
{
    private static readonly TimeSpan BeforeRetry = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Warm = Load.Lasting(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(4));
    private static readonly TimeSpan Window = Load.Lasting(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));
    private static int _runs;

    private readonly ProductSystem _product;
    private readonly ConcurrentQueue<Answer> _answers = new();
    private readonly ConcurrentDictionary<string, Webhook> _sent = new();

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromSeconds(2),
    })
    {
        Timeout = TimeSpan.FromSeconds(15),
    };

    public Driver(ProductSystem product, int run = 1)
    {
        _product = product;
        Seed = Load.Seed ?? Random.Shared.Next();
        Random = new Random(Seed);
        Run = string.Create(CultureInfo.InvariantCulture, $"r{Interlocked.Increment(ref _runs)}x{Seed:x}");
        Note($"run {run}, seed {Seed}");
    }

    /// <summary>Names the run: begins the id of each of its texts.</summary>
    public string Run { get; }

    public int Seed { get; }

    /// <summary>Jitters times, repeatably.</summary>
    public Random Random { get; }

    /// <summary>Every answer to every attempt, in the order of the answers.</summary>
    public IReadOnlyCollection<Answer> Answers => _answers;

    /// <summary>Every text that was posted at least once, by its id.</summary>
    public IReadOnlyDictionary<string, Webhook> Sent => _sent;

    /// <summary>The ids that were answered 2xx.</summary>
    public IReadOnlySet<string> Acknowledged => _answers.Where(answer => answer.IsSuccess).Select(answer => answer.Id).ToHashSet();

    /// <summary>The time within which this share of the answers came, in percent.</summary>
    public TimeSpan Percentile(int percent)
    {
        var times = _answers.Select(answer => answer.Took).Order().ToList();
        return times[(times.Count - 1) * percent / 100];
    }

    /// <summary>A time around the given one: half of it to one and a half.</summary>
    public TimeSpan Jittered(TimeSpan around) => around * (0.5 + Random.NextDouble());

    /// <summary>Returns at a moment in the middle of a load that has just begun: in its seconds 4 to 7 where that is full.</summary>
    public Task InMidLoadAsync() => Task.Delay(Warm + (Window * Random.NextDouble()), TestContext.Current.CancellationToken);

    /// <summary>Writes a figure into the test's output, for who reads it: a machine may be too slow for a promise in seconds.</summary>
    public void Note(string words) => TestContext.Current.TestOutputHelper?.WriteLine($"{Run}: {words}");

    /// <summary>Posts texts at a rate; returns when each was answered 2xx, or the retries have ended.</summary>
    public async Task DriveAsync(IReadOnlyList<Webhook> texts, double perSecond)
    {
        var started = Stopwatch.GetTimestamp();
        var posts = new List<Task>(texts.Count);
        foreach (var (index, text) in texts.Index())
        {
            var wait = TimeSpan.FromSeconds(index / perSecond) - Stopwatch.GetElapsedTime(started);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, TestContext.Current.CancellationToken);
            }

            posts.Add(PostUntilAnsweredAsync(text, _product.PublicUrl));
        }

        await Task.WhenAll(posts);
    }

    /// <summary>Posts a text once more and again until it is answered 2xx, or Twilio's successor would have given up.</summary>
    public async Task PostUntilAnsweredAsync(Webhook text, Uri address)
    {
        var started = Stopwatch.GetTimestamp();
        while (!(await PostAsync(text, address)).IsSuccess && Stopwatch.GetElapsedTime(started) < Until.Patience)
        {
            await Task.Delay(BeforeRetry, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Posts a text once.</summary>
    public async Task<Answer> PostAsync(Webhook text, Uri address)
    {
        _sent.TryAdd(text.Id, text);
        using var request = text.Request(_product, address);
        var posted = TimeProvider.System.GetUtcNow();
        var started = Stopwatch.GetTimestamp();
        Answer answer;
        try
        {
            using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
            var content = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            answer = new Answer(text.Id, posted, (int)response.StatusCode, Stopwatch.GetElapsedTime(started), content);
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException)
        {
            answer = new Answer(text.Id, posted, 0, Stopwatch.GetElapsedTime(started), string.Empty);
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            answer = new Answer(text.Id, posted, 0, Stopwatch.GetElapsedTime(started), string.Empty);
        }

        _answers.Enqueue(answer);
        return answer;
    }

    /// <summary>Writes down how the answers came.</summary>
    public void Dispose()
    {
        _http.Dispose();
        if (!_answers.IsEmpty)
        {
            var statuses = _answers.CountBy(answer => answer.Status).Select(status => $"{status.Value} × {status.Key}");
            Note($"{string.Join(", ", statuses)}; p50 {Percentile(50).TotalMilliseconds:0} ms, "
                + $"p99 {Percentile(99).TotalMilliseconds:0} ms, longest {Percentile(100).TotalMilliseconds:0} ms");
        }
    }
}

/// <summary>An answer to a webhook.</summary>
/// <param name="Id">The text's id.</param>
/// <param name="PostedAt">When the webhook was posted, in UTC.</param>
/// <param name="Status">The HTTP status; 0 when there was no answer.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Content">The answer's body.</param>
internal sealed record Answer(string Id, DateTimeOffset PostedAt, int Status, TimeSpan Took, string Content)
{
    public bool IsSuccess => Status is >= 200 and < 300;
}
