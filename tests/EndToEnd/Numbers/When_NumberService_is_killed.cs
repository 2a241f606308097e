using PhoneMasking.AppHost.Local;
using PhoneMasking.Contracts;
using PhoneMasking.EndToEnd.Crashes;
using PhoneMasking.EndToEnd.Driving;
using PhoneMasking.EndToEnd.Judging;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Numbers;

/// <summary>
/// SIGKILL of both instances at each step from the order to Ready: afterwards the account owns what was ordered and nothing
/// else, each number is Ready, and no step was done twice that must not be.
/// </summary>
public sealed class When_NumberService_is_killed(ProductSystem product) : IAsyncLifetime
{
    private readonly ServiceProcess _second = product.MoreNumbers("second");
    private Business _business = null!;
    private HashSet<string> _ownedBefore = [];

    /// <summary>Half of them, so that the whole suite stays short; PHONEMASKING_TEST_ALL=1 runs every one.</summary>
    public static TheoryData<string, string> Records() => Chosen(
        ("the number to buy is chosen", "NEW.candidate IS NOT NULL AND OLD.candidate IS NULL", true),
        ("it is bought", "NEW.stage = 'Bought'", true),
        ("it is attached", "NEW.stage = 'Attached' AND OLD.stage <> 'Attached'", false),
        ("the test text has an id", "NEW.verification_message_id IS NOT NULL AND OLD.verification_message_id IS NULL", false),
        ("the test text is sent", "NEW.verification_deadline IS NOT NULL AND OLD.verification_deadline IS NULL", true),
        ("it is verified", "NEW.stage = 'Ready'", false));

    /// <summary>As <see cref="Records"/>.</summary>
    public static TheoryData<string, string> Calls() => Chosen(
        ("buy", "hang", false),
        ("buy", "slow", false),
        ("buy", "acceptHang", true),
        ("buy", "acceptSlow", true),
        ("configure", "hang", false),
        ("configure", "acceptHang", true),
        ("addServiceNumber", "hang", false),
        ("addServiceNumber", "acceptHang", true));

    public async ValueTask InitializeAsync()
    {
        await _second.StartAsync(TestContext.Current.CancellationToken);
        _business = await Business.OpenAsync(product);

        // Nobody else buys meanwhile.
        await Until.QueryAsync(
            product,
            "SELECT count(*) = 0 FROM numbers.numbers WHERE stage IN ('Intended', 'Bought', 'Attached')",
            "orders of others to be done");
        _ownedBefore = [.. (await product.Simulator.NumbersAsync()).Select(number => number.Number)];
    }

    /// <summary>What a step brought about is known to the process, but not to the database.</summary>
    [Theory]
    [MemberData(nameof(Records))]
    public async Task Should_own_exactly_one_when_killed_before_it_is_recorded_that(string what, string condition)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(what);

        // Long enough that a look at the text finds it under way.
        await product.Simulator.LifeCycleAsync("normal", deliveredAfterMs: 1000);
        NumberId order;
        await using (var held = await HeldCommits.OfAsync(
            product, "UPDATE ON numbers.numbers", $"NEW.organisation_id = '{_business.Id}' AND {condition}"))
        {
            order = await OrderAsync();
            await held.WaitForOneAsync();
            await KillBothAsync();
        }

        await StartBothAsync();
        await OwnsExactlyAsync(order);
    }

    /// <summary>Twilio is being asked: it has done what it was asked for, or has not, or is going to.</summary>
    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Should_own_exactly_one_when_killed_while_Twilio_is_asked(string operation, string mode)
    {
        await product.Simulator.AddFaultAsync(new { mode, operation, calls = 1 });
        var order = await OrderAsync();
        await Until.TrueAsync(
            async () => (await product.Simulator.FaultHitsAsync()).Any(hits => hits > 0), $"Twilio to be asked to {operation}");
        await KillBothAsync();
        await product.Simulator.ClearFaultsAsync();

        await StartBothAsync();
        await OwnsExactlyAsync(order);
    }

    [Fact]
    public async Task Should_own_exactly_what_was_ordered_when_instances_are_killed_in_turn()
    {
        const int Orders = 8;
        using var driver = new Driver(product);
        await product.Simulator.AddFaultAsync(new { mode = "acceptSlow", operation = "buy", delayMs = 500, probability = 0.5, seed = driver.Seed });
        await product.Simulator.AddFaultAsync(
            new { mode = "acceptReset", operation = "addServiceNumber", probability = 0.3, seed = driver.Seed });
        await product.Simulator.AddFaultAsync(new { mode = "acceptHang", operation = "configure", calls = 1 });
        var ordered = await _business.PostAsync<OrderedNumbers>("numbers", new { lifecycle = "pool", count = Orders }, "eight");

        foreach (var instance in (ServiceProcess[])[product.Numbers, _second, product.Numbers, _second])
        {
            await Task.Delay(driver.Jittered(TimeSpan.FromSeconds(0.6)), TestContext.Current.CancellationToken);
            await instance.KillAsync();
            await instance.StartAsync(TestContext.Current.CancellationToken);
        }

        await product.Simulator.ClearFaultsAsync();
        var repeated = await _business.PostAsync<OrderedNumbers>("numbers", new { lifecycle = "pool", count = Orders }, "eight");

        Assert.Equal(ordered.Numbers.Select(number => number.Id), repeated.Numbers.Select(number => number.Id));
        await OwnsExactlyAsync([.. ordered.Numbers.Select(number => number.Id)]);
    }

    public async ValueTask DisposeAsync()
    {
        await product.Simulator.ClearFaultsAsync();
        await product.Simulator.LifeCycleAsync("normal");
        await product.Numbers.StartAsync(CancellationToken.None);
        await _second.DisposeAsync();
        _business.Dispose();
    }

    private static TheoryData<string, string> Chosen(params (string First, string Second, bool Always)[] cases)
    {
        var all = Environment.GetEnvironmentVariable("PHONEMASKING_TEST_ALL") == "1";
        var chosen = new TheoryData<string, string>();
        foreach (var (first, second, always) in cases)
        {
            if (all || always)
            {
                chosen.Add(first, second);
            }
        }

        return chosen;
    }

    private async Task<NumberId> OrderAsync() => Assert.Single(
        (await _business.PostAsync<OrderedNumbers>("numbers", new { lifecycle = "pool", count = 1 })).Numbers).Id;

    private Task KillBothAsync() => Task.WhenAll(product.Numbers.KillAsync(), _second.KillAsync());

    private async Task StartBothAsync()
    {
        // The dead ones' leases end now: the past moves instead of the clock.
        await using var command = product.Database.CreateCommand(
            $"""
            UPDATE numbers.numbers SET next_step_at = next_step_at - interval '{ServiceSettings.NumberLease.TotalSeconds} seconds'
            WHERE organisation_id = '{_business.Id}'
            """);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await Task.WhenAll(
            product.Numbers.StartAsync(TestContext.Current.CancellationToken),
            _second.StartAsync(TestContext.Current.CancellationToken));
    }

    private async Task OwnsExactlyAsync(params NumberId[] orders)
    {
        var ready = await _business.ReadyAsync("pool", orders.Length);
        Assert.Equal(
            orders.Select(order => order.Value).Order(), ready.Select(number => number.Id.Value).Order());
        Assert.All(ready, number => Assert.Equal(VerificationStatus.Verified, number.VerificationStatus));
        var numbers = ready.Select(number => number.Number!.Reveal()).Order().ToList();

        var bought = (await product.Simulator.NumbersAsync()).Where(number => !_ownedBefore.Contains(number.Number)).ToList();
        Assert.Equal(numbers, bought.Select(number => number.Number).Order());
        Assert.All(bought, number => Assert.StartsWith(
            new Uri(product.PublicUrl, Webhook.Path).ToString(), number.SmsUrl, StringComparison.Ordinal));
        Assert.Equal(numbers, (await product.Simulator.NumbersOfServiceAsync(_business.MessagingService)).Order());
        var texts = await product.Simulator.AcceptedForAsync(ServiceSettings.VerificationPhone);
        Assert.Equal(numbers, texts.Select(text => text.From).Where(numbers.Contains).Order());

        foreach (var order in orders)
        {
            await _business.AuditedAsync($"number_id = '{order}'", "NumberOrdered", "NumberBought");
        }

        Assert.Equal([], await _business.AuditAsync("event = 'NumberFailed'"));
        await Judge.DrainedAsync(product);
        await Judge.QueuesAreEmptyAsync(product);
        Assert.Equal([], product.Output.Leaks);
    }
}
