using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using PhoneMasking.AppHost.Local;
using PhoneMasking.TestServers;

namespace PhoneMasking.EndToEnd.Numbers;

/// <summary>
/// An installation of its own, without numbers: gateway and simulator as processes, and <c>setup</c> as the owner runs it.
/// </summary>
public sealed class SetupTests
{
    private const int Wanted = 55;
    private const int Kills = 3;
    private const string AccountSid = "AC00000000000000000000000000000001";
    private const string AuthToken = "an-auth-token-for-tests";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Setup_Of55Numbers_IsWithinRateLimitsAndBuysNothingMoreWhenRunAgain()
    {
        await using var place = await Place.StartAsync();
        await place.PaceAsync(new { latencyMs = 50, mostConcurrent = 6, retryAfterSeconds = 1 });

        var started = Stopwatch.GetTimestamp();
        Assert.Equal(0, await place.RunToEndAsync());
        Report($"setup of {Wanted} numbers took {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");

        await place.AssertCompleteAsync();
        Report($"put off with 429: {await place.PutOffAsync()}");
        Assert.Equal(0, await place.RunToEndAsync());
        await place.AssertCompleteAsync();
    }

    [Fact]
    public async Task Setup_KilledThreeTimesAtRandom_EndsWithExactly55Numbers()
    {
        await using var place = await Place.StartAsync();
        await place.PaceAsync(new { latencyMs = 50, mostConcurrent = 6, retryAfterSeconds = 1 });
        var seed = Environment.TickCount;
        var random = new Random(seed);
        Report($"seed {seed}");

        var started = Stopwatch.GetTimestamp();
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var setup = place.Start();
            var calls = await place.CallsAsync() + random.Next(5, 110);
            await Place.UntilAsync(async () => setup.HasExited || await place.CallsAsync() >= calls);
            await setup.KillAsync();
            Report($"killed with {await place.OwnedAsync()} numbers owned");
        }

        Assert.Equal(0, await place.RunToEndAsync());
        Report($"setup with {Kills} kills took {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s in all");
        await place.AssertCompleteAsync();
    }

    private static void Report(FormattableString line) =>
        TestContext.Current.TestOutputHelper!.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed class Place(TestDatabase database, TestVirtualHost broker) : IAsyncDisposable
    {
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

        private readonly Uri _simulatorAddress = new($"http://127.0.0.1:{FreePort.Next()}");
        private readonly Uri _gatewayAddress = new($"http://127.0.0.1:{FreePort.Next()}");
        private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
        private readonly NpgsqlDataSource _sql = NpgsqlDataSource.Create(database.ConnectionString);
        private readonly List<ServiceProcess> _processes = [];

        public static async Task<Place> StartAsync()
        {
            var servers = await TestInfrastructure.GetAsync();
            var place = new Place(await servers.CreateDatabaseAsync(Token), await servers.CreateVirtualHostAsync(Token));
            place._processes.Add(place.Service("Simulator", place._simulatorAddress));
            place._processes.Add(place.Service("ProxyGateway", place._gatewayAddress));
            await Task.WhenAll(place._processes.Select(process => process.StartAsync(Token)));
            return place;
        }

        public ChildProcess Start() => ChildProcess.Start(new ProcessPlan(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", Built("NumberService").Assembly, "setup", "--yes")
        {
            Environment = Settings(),
            WorkingDirectory = Path.GetDirectoryName(Built("NumberService").Assembly)!,
        });

        public async Task<int> RunToEndAsync()
        {
            await using var setup = Start();
            var code = await setup.Exited.WaitAsync(Token);
            Report($"{setup.Tail}");
            return code;
        }

        public async Task PaceAsync(object pace)
        {
            using var answer = await _http.PutAsJsonAsync(Simulator("pace"), pace, Token);
            answer.EnsureSuccessStatusCode();
        }

        public async Task<long> CallsAsync() => (await ReadAsync("counters/operations")).EnumerateObject()
            .Sum(operation => operation.Value.GetProperty("calls").GetInt64());

        public async Task<long> PutOffAsync() => (await ReadAsync("counters/operations")).EnumerateObject()
            .Sum(operation => operation.Value.GetProperty("rateLimited").GetInt64());

        public async Task<int> OwnedAsync() => (await ReadAsync("numbers")).GetArrayLength();

        public static async Task UntilAsync(Func<Task<bool>> condition)
        {
            using var timer = new PeriodicTimer(Pause);
            while (!await condition())
            {
                await timer.WaitForNextTickAsync(Token);
            }
        }

        /// <summary>Exactly the wanted numbers, each where it belongs, and nothing else was made.</summary>
        public async Task AssertCompleteAsync()
        {
            Assert.Equal(Wanted, await OwnedAsync());
            await using var counts = _sql.CreateCommand("""
                SELECT count(*) FILTER (WHERE lifecycle = 'StandbyReserved'), count(*) FILTER (WHERE lifecycle = 'Pool'), count(*)
                FROM numbers.numbers WHERE stage = 'Ready' AND verification_status = 'Verified'
                """);
            await using var row = await counts.ExecuteReaderAsync(Token);
            Assert.True(await row.ReadAsync(Token));
            Assert.Equal((35, 20, Wanted), (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)));
            var service = Assert.Single((await ReadAsync("messaging-services")).GetProperty("services").EnumerateArray());
            Assert.Equal(Wanted, service.GetProperty("numbers").GetArrayLength());
            Assert.Empty((await ReadAsync("proxy")).GetProperty("services").EnumerateArray());
        }

        public async ValueTask DisposeAsync()
        {
            await Task.WhenAll(_processes.Select(process => process.DisposeAsync().AsTask()));
            _http.Dispose();
            await _sql.DisposeAsync();
            await broker.DisposeAsync();
            await database.DisposeAsync();
        }

        private async Task<JsonElement> ReadAsync(string path) =>
            await _http.GetFromJsonAsync<JsonElement>(Simulator(path), Token);

        private Uri Simulator(string path) => new(_simulatorAddress, $"simulator/api/{path}");

        private ServiceProcess Service(string project, Uri address) => new(project, Built(project).Assembly)
        {
            Address = address,
            HealthPath = "/health",
            Environment = Settings(),
        };

        // The lease is shorter than in production, so that a killed one's numbers need not be waited for two minutes.
        private Dictionary<string, string?> Settings() => new()
        {
            ["ConnectionStrings__phonemasking"] = database.ConnectionString,
            ["ConnectionStrings__rabbitmq"] = broker.ConnectionString,
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = null,
            ["Simulator__AccountSid"] = AccountSid,
            ["Simulator__AuthToken"] = AuthToken,
            ["Twilio__AccountSid"] = AccountSid,
            ["Twilio__AuthToken"] = AuthToken,
            ["Twilio__ApiBaseUrl"] = _simulatorAddress.GetLeftPart(UriPartial.Authority),
            ["Twilio__PublicBaseUrl"] = _gatewayAddress.GetLeftPart(UriPartial.Authority),
            ["TwilioApi__RequestTimeout"] = "00:00:03",
            ["Numbers__Lease"] = "00:00:09",
            ["Numbers__VerificationPhone"] = "+13035550179",
        };

        private static BuiltProject Built(string project)
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "PhoneMasking.sln")))
            {
                folder = folder.Parent ?? throw new InvalidOperationException("The tests are not inside the repository.");
            }

            return new BuiltProject(Path.Combine(folder.FullName, "src", project, $"{project}.csproj"));
        }
    }
}
