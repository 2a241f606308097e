using PhoneMasking.Contracts;
using PhoneMasking.EndToEnd.Judging;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Numbers;

/// <summary>The pool monitor buys exactly one number, which becomes Ready by itself, and no other inside the cool-down.</summary>
public sealed class When_the_pool_fills_up(ProductSystem product) : IAsyncDisposable
{
    private const string Run = "monitors/pool-capacity/run";

    [Fact]
    public async Task Should_buy_one_number_and_no_other_inside_the_cool_down()
    {
        using var business = await Business.OpenAsync(product);
        await business.ImportAsync(2, "pool");
        await business.ImportAsync(2, "standby");
        var sitter = await business.AddSitterAsync("Sid Sitter");
        var clients = await business.AddClientsAsync(3);
        Assert.Equal(MonitorDecision.BelowThreshold, (await business.PostAsync<MonitorRun>(Run)).Decision);
        await TextAsync(business, clients.Take(2), sitter, sessions: 2);

        // The purchase takes as long as the test wants, so that the number is surely pending for the second run.
        await product.Simulator.AddFaultAsync(new { mode = "hang", operation = "buy" });
        var first = await business.PostAsync<MonitorRun>(Run, idempotencyKey: "first");
        var repeated = await business.PostAsync<MonitorRun>(Run, idempotencyKey: "first");
        var second = await business.PostAsync<MonitorRun>(Run, idempotencyKey: "second");
        await product.Simulator.ClearFaultsAsync();

        Assert.Equal(MonitorDecision.Ordered, first.Decision);
        Assert.Equal(first.Id, repeated.Id);
        Assert.Equal(MonitorDecision.AlreadyPending, second.Decision);
        var pool = await business.ReadyAsync("pool", 3);
        var bought = Assert.Single(pool, number => number.Purpose == NumberPurpose.PoolExpansion);
        Assert.Equal(first.NumberId, bought.Id);

        // The bought number is in use by now: utilization is high again, but only that.
        await TextAsync(business, clients.Skip(2), sitter, sessions: 3);
        var third = await business.PostAsync<MonitorRun>(Run);

        Assert.Equal(MonitorDecision.CoolingDown, third.Decision);
        Assert.Equal(1.0, third.Utilization.Rate);
        Assert.Equal(3, (await business.NumbersAsync("pool")).Count);
        Assert.Equal(
            [bought.Number!.Reveal()], await product.Simulator.NumbersOfServiceAsync(business.MessagingService));
        await business.AuditedAsync("true", "MonitorRan", "MonitorRan", "MonitorRan", "MonitorRan", "NumberBought");
        await Judge.DrainedAsync(product);
        Assert.Equal([], product.Output.Leaks);
    }

    public async ValueTask DisposeAsync() => await product.Simulator.ClearFaultsAsync();

    private async Task TextAsync(Business business, IEnumerable<ClientView> clients, SitterView sitter, int sessions)
    {
        foreach (var client in clients)
        {
            var sent = await product.Simulator.TextAsync(
                client.Numbers[0].Reveal(), sitter.ReservedNumber!.Reveal(), "Is the wombat well?");
            Assert.Equal(200, sent.WebhookStatus);
        }

        await Until.TrueAsync(
            async () => (await business.GetAsync<UtilizationNow>("utilization")).Now.ActiveSessions == sessions,
            $"{sessions} sessions to be counted");
    }
}
