using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.TestServers;

namespace PhoneMasking.AlertService.Tests.Failures;

/// <summary>Property: the end depends on which reports came, not on their order or repetition.</summary>
public sealed class OrderTests(FailureWorld world) : IClassFixture<FailureWorld>
{
    private const int Cases = 25;

    // What happens to a business: each part happens or does not.
    private static readonly Gen<Story> Stories =
        from flags in Gen.ArrayOf(Gen.Elements(true, false), 10)
        select new Story(
            flags[0], flags[1], flags[2], flags[3], flags[4], flags[5], flags[6], flags[7], flags[8], flags[9]);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reports_InAnyOrderAndRepeated_EndInTheSameState()
    {
        var clock = new FakeClock();
        await using var one = new FailureInstance(world, clock, ("Failures:SystemicThreshold", "1000"));
        await using var two = new FailureInstance(world, clock, ("Failures:SystemicThreshold", "1000"));
        foreach (var story in Stories.Sample(10, Cases))
        {
            var straight = await PlayAsync(story, reports => [.. reports.Select(report => new[] { report })], one, two);
            var mixed = await PlayAsync(story, Mix, one, two);

            Assert.True(straight == mixed, $"{story}\nin order: {straight}\nmixed:    {mixed}");
        }
    }

    /// <summary>Plays a story and says how it ended.</summary>
    /// <param name="story">What happens.</param>
    /// <param name="arrange">Puts reports in an order; those of one group come at the same time.</param>
    /// <param name="one">Takes the first report of a group.</param>
    /// <param name="two">Takes the others.</param>
    private static async Task<string> PlayAsync(
        Story story, Func<Report[], Report[][]> arrange, FailureInstance one, FailureInstance two)
    {
        var business = new Business(one);
        var passing = business.Failure(30003, client: NewClient(one));
        var lasting = business.Failure(30007, client: NewClient(one));
        var back = business.Failure(30008, direction: MessageDirection.ClientToSitter, client: NewClient(one));
        Report[] first =
        [
            instance => instance.FailAsync(passing),
            instance => instance.FailAsync(lasting),
            instance => instance.FailAsync(back),
            .. Deliveries(business, story.PassingArrivesSoon, passing.MessageId),
            .. Deliveries(business, story.LastingArrives, lasting.MessageId),
        ];
        await RunAsync(arrange(first), one, two);
        one.Clock.Advance(TimeSpan.FromMinutes(10));
        await one.OrderDueAsync();
        Report[] second =
        [
            .. first,
            .. Deliveries(business, story.PassingArrivesLate, passing.MessageId),
            .. await AnswersAsync(business, passing.MessageId, story.IsSent, story.RetryFails, story.RetryArrives),
            .. await AnswersAsync(business, back.MessageId, story.IsBackSent, story.BackFails, story.BackArrives),
            .. await AlertAnswersAsync(business, lasting.MessageId, story.IsSitterTold),
        ];
        await RunAsync(arrange(second), one, two);
        return await EndAsync(one, business, [passing, lasting, back]);
    }

    private static Report[] Deliveries(Business business, bool happens, MessageId text)
    {
        var delivery = business.Delivery(text);
        return happens ? [instance => instance.ArriveAsync(delivery)] : [];
    }

    // What the gateway and Twilio can say of a retry that was ordered.
    private static async Task<Report[]> AnswersAsync(Business business, MessageId text, bool isSent, bool fails, bool arrives)
    {
        if (await business.RetryAsync(text) is not { State: RetryState.Ordered } retry)
        {
            return [];
        }

        if (!isSent)
        {
            return [instance => instance.AdvanceAsync(retry.RetryId, RetryState.Dropped, "session-ended")];
        }

        var failed = business.Failure(30003, id: retry.RetryId, client: ClientId.From(retry.RetryId.Value));
        return
        [
            instance => instance.AdvanceAsync(retry.RetryId, RetryState.Sent),
            .. fails ? new Report[] { instance => instance.FailAsync(failed) } : [],
            .. Deliveries(business, arrives, retry.RetryId),
        ];
    }

    private static async Task<Report[]> AlertAnswersAsync(Business business, MessageId text, bool isSitterTold)
    {
        var alert = (await business.RecordAsync(text)).AlertId;
        return alert is not { } id
            ? []
            : [instance => instance.SettleAlertAsync(id, isSitterTold)];
    }

    private static async Task RunAsync(Report[][] groups, FailureInstance one, FailureInstance two)
    {
        foreach (var group in groups)
        {
            await Task.WhenAll(group.Select((report, index) => report(index == 0 ? one : two)));
        }
    }

    // An alert cannot be unsaid: of a text that arrived after all it depends on when that was known.
    private static async Task<string> EndAsync(FailureInstance instance, Business business, MessageFailed[] texts)
    {
        var names = new Dictionary<MessageId, string>();
        foreach (var (text, index) in texts.Select((text, index) => (text, index)))
        {
            names[text.MessageId] = $"text {index}";
            if (await business.RetryAsync(text.MessageId) is { } retry)
            {
                names[retry.RetryId] = $"retry {index}: {retry.State} {retry.Reason}";
            }
        }

        var failures = await instance.ReadAsync(db => db.Failures.AsNoTracking()
            .Where(failure => failure.OrganisationId == business.Organisation)
            .ToListAsync(Cancelled));
        var ends = failures.Select(failure =>
            $"{names[failure.MessageId]}: {failure.Class} permanent {failure.IsPermanent}, "
            + (failure.ArrivedAt is null ? $"told {failure.Alert}" : "arrived"));
        var ordered = (await business.OrderedAsync()).Sum(command => command.Length);
        return string.Join("; ", ends.Concat(names.Values).Append($"{ordered} ordered").Order(StringComparer.Ordinal));
    }

    private static Report[][] Mix(Report[] reports)
    {
        var repeated = Gen.Elements(reports).ListOf(reports.Length).Sample(1, 1).Single();
        return [.. Gen.Shuffle([.. reports, .. repeated]).Sample(1, 1).Single().Chunk(2)];
    }

    private static ClientId NewClient(FailureInstance instance) => ClientId.New(instance.Clock.GetUtcNow());

    /// <summary>What happens to three texts: one that fails for a passing reason, one for a lasting one, one to the sitter.</summary>
    private sealed record Story(
        bool PassingArrivesSoon,
        bool PassingArrivesLate,
        bool LastingArrives,
        bool IsSent,
        bool RetryFails,
        bool RetryArrives,
        bool IsBackSent,
        bool BackFails,
        bool BackArrives,
        bool IsSitterTold);

    private delegate Task Report(FailureInstance instance);
}
