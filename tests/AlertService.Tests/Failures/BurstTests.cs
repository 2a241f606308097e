using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.AlertService.Failures.Recording;
using PhoneMasking.Contracts;
using PhoneMasking.TestServers;

namespace PhoneMasking.AlertService.Tests.Failures;

/// <summary>An outage: a thousand texts fail at once.</summary>
public sealed class BurstTests(FailureWorld world) : IClassFixture<FailureWorld>
{
    private const int Texts = 1_000;
    private const int Sitters = 10;
    private const int ClientsOfASitter = 20;
    private const int AlertsOfASitter = 5;

    // To and from the database for one failure, at most; with the summary once some more.
    private const int RoundTripsOfAFailure = 11;
    private const int RoundTripsOfTheSummary = 20;

    [Fact]
    public async Task ThousandPermanentFailures_CauseBoundedWork_OneSummaryAndFewAlerts()
    {
        var clock = new FakeClock();
        await using var one = new FailureInstance(world, clock);
        await using var two = new FailureInstance(world, clock);
        var business = new Business(one);
        var sitters = Enumerable.Range(0, Sitters).Select(_ => SitterId.New(clock.GetUtcNow())).ToArray();
        var clients = Enumerable.Range(0, ClientsOfASitter).Select(_ => ClientId.New(clock.GetUtcNow())).ToArray();
        var failures = Enumerable.Range(0, Texts)
            .Select(index => business.Failure(30007, client: clients[index / Sitters % ClientsOfASitter]) with
            {
                SitterId = sitters[index % Sitters],
            })
            .ToArray();
        using var trips = new RoundTrips(world.Database.Name);

        var began = Stopwatch.GetTimestamp();
        var first = await RecordAsync(failures[..(Texts / 2)], one, two, trips);
        var second = await RecordAsync(failures[(Texts / 2)..], one, two, trips);
        var elapsed = Stopwatch.GetElapsedTime(began);

        Assert.Equal(Texts, await one.ReadAsync(db => db.Failures.CountAsync(
            failure => failure.OrganisationId == business.Organisation, TestContext.Current.CancellationToken)));
        Assert.Equal(["systemic-failures"], await business.EmailsAsync());
        Assert.Equal(Sitters * AlertsOfASitter, (await business.AlertsAsync()).Length);
        Assert.InRange(first, Texts / 2, (Texts / 2 * RoundTripsOfAFailure) + RoundTripsOfTheSummary);
        Assert.InRange(second, Texts / 2, first);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"Round trips: {first} for the first half, {second} for the second; {elapsed.TotalSeconds:0.0} s");
    }

    [Fact]
    public async Task ManyFailuresOfTheAccount_CauseOneEmailAndNoAlert()
    {
        var clock = new FakeClock();
        await using var one = new FailureInstance(world, clock);
        await using var two = new FailureInstance(world, clock);
        var business = new Business(one);
        using var trips = new RoundTrips(world.Database.Name);

        var total = await RecordAsync(
            [.. Enumerable.Range(0, Texts / 4).Select(_ => business.Failure(30002))], one, two, trips);

        Assert.Equal(["account-blocked"], await business.EmailsAsync());
        Assert.Empty(await business.AlertsAsync());
        Assert.InRange(total, Texts / 4, Texts / 4 * RoundTripsOfAFailure);
    }

    [Fact]
    public void Failures_OfOneInstance_AreHandledAFewAtATime() =>
        Assert.Equal(8, new MessageFailedConsumerDefinition().ConcurrentMessageLimit);

    private static async Task<long> RecordAsync(
        MessageFailed[] failures, FailureInstance one, FailureInstance two, RoundTrips trips)
    {
        var before = trips.Count;
        var few = new ParallelOptions
        {
            MaxDegreeOfParallelism = 8,
            CancellationToken = TestContext.Current.CancellationToken,
        };
        await Parallel.ForEachAsync(
            failures.Select((failed, index) => (failed, index)),
            few,
            async (next, _) => await (next.index % 2 == 0 ? one : two).FailAsync(next.failed));
        return trips.Count - before;
    }

    /// <summary>Counts what Npgsql sends to one database.</summary>
    private sealed class RoundTrips : IDisposable
    {
        private readonly ActivityListener _listener;
        private long _count;

        public RoundTrips(string database)
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "Npgsql",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = activity => Add(activity, database),
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public long Count => Interlocked.Read(ref _count);

        public void Dispose() => _listener.Dispose();

        private void Add(Activity activity, string database)
        {
            if (activity.TagObjects.Any(tag => database.Equals(tag.Value)))
            {
                Interlocked.Increment(ref _count);
            }
        }
    }
}
